package io.github.vidicenter.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One client's connection: hands its requests on and tells writers when they may go on. */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final HttpServer.Handler handler;
    private final Executor workers;
    private volatile Exchange exchange;

    Connection(HttpServer.Handler handler, Executor workers) {
        this.handler = handler;
        this.workers = workers;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        handler.opened();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        exchange = new Exchange(context.channel(), this, request);
        Runnable answering = handler.arrived(exchange);
        try {
            workers.execute(answering);
        } catch (RejectedExecutionException e) {
            // The simulator is closing.
            context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        wakeWriter();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handler.closed();
        answered();
        wakeWriter();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Clients may go away whenever they like.
        context.close();
    }

    /** Waits until the client has taken enough of what was written. */
    synchronized void awaitWritable(Channel channel) throws IOException {
        try {
            while (channel.isActive() && !channel.isWritable()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The simulator is closing", e);
        }
        if (!channel.isActive()) {
            throw new IOException("The client has gone");
        }
    }

    /**
     * Releases the exchange that is going on, if any: its answer is all but out, or will never be.
     */
    void answered() {
        Exchange answered = exchange;
        if (answered != null) {
            answered.release();
        }
    }

    private synchronized void wakeWriter() {
        notifyAll();
    }
}
