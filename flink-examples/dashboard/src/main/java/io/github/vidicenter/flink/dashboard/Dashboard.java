package io.github.vidicenter.flink.dashboard;

import io.github.vidicenter.flink.dashboard.database.Database;
import io.github.vidicenter.flink.dashboard.job.AudienceJob;
import io.github.vidicenter.flink.dashboard.service.Service;
import io.github.vidicenter.flink.dashboard.web.DashboardServer;
import io.github.vidicenter.flink.dashboard.web.Feed;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Audience as it happens: a local Flink reads VidiCenter, aggregates it in SQL and upserts it into
 * PostgreSQL, and a page shows the database live. Without settings all of that is started here,
 * with a simulator in place of the service. See {@link Settings} for what can be set.
 */
public final class Dashboard implements AutoCloseable {

    private final Service service;
    private final Database database;
    private final AudienceJob job;
    private final Feed feed;
    private final DashboardServer server;

    private Dashboard(
            Service service,
            Database database,
            AudienceJob job,
            Feed feed,
            DashboardServer server) {
        this.service = service;
        this.database = database;
        this.job = job;
        this.feed = feed;
        this.server = server;
    }

    /** Runs until it is stopped, or until the job fails: then with status 1. */
    public static void main(String[] args) {
        try {
            Settings settings = Settings.of(System.getProperties());
            Dashboard dashboard = start(settings, Service.of(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close));
            System.out.println(dashboard.service.description());
            System.out.println("Flink's web UI: " + dashboard.job.webUi());
            System.out.println("The dashboard: " + dashboard.url() + " (Ctrl-C to stop)");
            dashboard.job.await();
        } catch (Exception e) {
            System.err.println("The dashboard ended: " + Failures.rootMessage(e));
            System.exit(1);
        }
    }

    /** Starts all parts, or none. The service is closed with the dashboard. */
    static Dashboard start(Settings settings, Service service) throws Exception {
        Deque<AutoCloseable> started = new ArrayDeque<>(List.of(service));
        try {
            Database database = Database.open(settings.database());
            started.push(database);
            database.createTables();
            AudienceJob job = AudienceJob.start(service.options(), database.access());
            started.push(job);
            service.started(job.awaitRunning());
            Feed feed = Feed.start(database.access(), service::now, job);
            started.push(feed);
            DashboardServer server = DashboardServer.start(settings.port(), feed);
            return new Dashboard(service, database, job, feed, server);
        } catch (Exception e) {
            for (AutoCloseable part : started) {
                part.close();
            }
            throw e;
        }
    }

    /** Where the page is. */
    URI url() {
        return server.url();
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        job.close();
        database.close();
        service.close();
    }
}
