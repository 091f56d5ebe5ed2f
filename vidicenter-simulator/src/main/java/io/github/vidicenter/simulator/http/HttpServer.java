package io.github.vidicenter.simulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Takes connections; each request is answered in a thread of its own, so that answers may wait. */
public final class HttpServer implements AutoCloseable {

    private static final int LARGEST_UPLOAD = 256 * 1024 * 1024;

    /** Answers requests. Its methods must not block; what they return may. */
    public interface Handler {

        void opened();

        void closed();

        /** A request is there, of which nothing has been answered. */
        Runnable arrived(Exchange exchange);
    }

    private final EventLoopGroup loops =
            new NioEventLoopGroup(2, new DefaultThreadFactory("vidicenter-simulator-io", true));
    private final ExecutorService workers =
            Executors.newCachedThreadPool(new DefaultThreadFactory("vidicenter-simulator", true));
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel server;

    /**
     * @param port 0: any free one
     */
    public HttpServer(String host, int port, Handler handler) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channels.add(channel);
                                        channel.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpObjectAggregator(LARGEST_UPLOAD))
                                                .addLast(new Connection(handler, workers));
                                    }
                                });
        try {
            server = bootstrap.bind(host, port).syncUninterruptibly().channel();
        } catch (RuntimeException e) {
            shutDown();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        channels.close().awaitUninterruptibly();
        shutDown();
    }

    private void shutDown() {
        workers.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
