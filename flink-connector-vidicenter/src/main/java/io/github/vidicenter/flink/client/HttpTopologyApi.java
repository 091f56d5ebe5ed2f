package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The topology's lists over HTTP. */
public final class HttpTopologyApi implements TopologyApi {

    /** A million locations; more is no list of an account. */
    private static final long MAX_BYTES = 1L << 29;

    private final HttpApi http;

    /**
     * @param url API root; see {@link ApiUrl}
     * @param connectTimeout bounds making a connection
     * @param requestTimeout bounds a whole exchange, connection and body included
     * @param directories where lists that are too large for memory are stored
     * @throws IllegalArgumentException if the url or the username can't be used
     */
    public HttpTopologyApi(
            URI url,
            String username,
            Token token,
            Duration connectTimeout,
            Duration requestTimeout,
            List<Path> directories) {
        this.http =
                new HttpApi(
                        url,
                        username,
                        token,
                        connectTimeout,
                        requestTimeout,
                        new BodySpool(directories, MAX_BYTES));
    }

    @Override
    public TopologyAnswer list(TopologyList list) throws InterruptedException {
        return http.get(list.path(), HttpTopologyApi::read, TopologyAnswer.Denied::new);
    }

    /** Reads the list to its end once, so that no row of one that is cut is used. */
    private static TopologyAnswer read(ExportBody body, AnswerReader reader) {
        TopologyAnswer answer = null;
        try {
            TopologyRows rows = new TopologyRows(body);
            while (rows.next() != null) {
                // only to see that it is there
            }
            rows.rewind();
            answer = new TopologyAnswer.Listed(rows);
        } catch (JsonProcessingException e) {
            String what = "the answer is not whole JSON (" + e.getOriginalMessage() + ")";
            answer = new TopologyAnswer.Denied(reader.broken(body, what));
        } catch (IOException e) {
            answer =
                    new TopologyAnswer.Denied(
                            reader.broken(body, "the list is broken (" + e.getMessage() + ")"));
        } finally {
            if (!(answer instanceof TopologyAnswer.Listed)) {
                body.close();
            }
        }
        return answer;
    }

    @Override
    public void abort() {
        http.abort();
    }

    @Override
    public void close() {
        http.close();
    }
}
