package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** The topology's lists over HTTP. */
public final class HttpTopologyApi implements TopologyApi {

    /** A million locations; more is no list of an account. */
    private static final long MAX_BYTES = 1L << 29;

    private final HttpApi http;

    public HttpTopologyApi(HttpAccess access) {
        this.http = new HttpApi(access, new BodySpool(access.directories(), MAX_BYTES));
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
