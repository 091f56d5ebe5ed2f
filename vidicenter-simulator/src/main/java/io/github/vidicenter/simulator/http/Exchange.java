package io.github.vidicenter.simulator.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** One request and the ways to answer it. */
public final class Exchange {

    private static final Runnable NOTHING = () -> {};

    private final Channel channel;
    private final Connection connection;
    private final boolean keepAlive;
    private final String method;
    private final String path;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final String authorization;
    private final boolean acceptsGzip;
    private final byte[] content;
    private final AtomicReference<Runnable> release = new AtomicReference<>(NOTHING);

    Exchange(Channel channel, Connection connection, FullHttpRequest request) {
        this.channel = channel;
        this.connection = connection;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.method = request.method().name();
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        this.path = uri.path();
        uri.parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        this.authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        this.acceptsGzip =
                request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
        this.content = ByteBufUtil.getBytes(request.content());
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    public String authorization() {
        return authorization;
    }

    public boolean acceptsGzip() {
        return acceptsGzip;
    }

    public byte[] content() {
        return content;
    }

    /** What to do once, when the answer is all but out or the client has gone. */
    public void onRelease(Runnable action) {
        release.set(action);
    }

    void release() {
        release.getAndSet(NOTHING).run();
    }

    /**
     * Sends status and headers; the body goes into the stream that is returned, whose {@code close}
     * completes the answer.
     *
     * @param contentLength null: chunks that need no length
     */
    public ChannelOutputStream begin(Answer answer, Map<String, String> more, Long contentLength) {
        HttpResponse head =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(head.headers()::set);
        more.forEach(head.headers()::set);
        if (contentLength == null) {
            HttpUtil.setTransferEncodingChunked(head, true);
        } else {
            HttpUtil.setContentLength(head, contentLength);
        }
        if (!keepAlive) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        channel.write(head);
        return new ChannelOutputStream(channel, connection, this::complete);
    }

    private void complete() {
        if (keepAlive) {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Ends the connection as a broken network does, unless the client was first. */
    public void reset() {
        channel.eventLoop()
                .execute(
                        () -> {
                            if (channel.isOpen()) {
                                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                                channel.close();
                            }
                        });
    }

    /** Ends the connection in good order, whatever is missing of the answer. */
    public void close() {
        channel.close();
    }
}
