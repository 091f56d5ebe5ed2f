package io.github.vidicenter.flink.dashboard;

import io.github.vidicenter.flink.dashboard.database.Database;
import io.github.vidicenter.flink.dashboard.job.AudienceJob;
import io.github.vidicenter.flink.dashboard.service.Service;
import io.github.vidicenter.flink.dashboard.web.DashboardServer;
import io.github.vidicenter.flink.dashboard.web.Feed;
import java.net.URI;

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

    private Dashboard(Settings settings, Service service, Database database) throws Exception {
        this.service = service;
        this.database = database;
        database.createTables();
        this.job = AudienceJob.start(service.options(), database.access());
        this.feed = Feed.start(database.access(), service::now, job);
        this.server = DashboardServer.start(settings.port(), feed);
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

    /** Starts all parts. The service is closed with the dashboard. */
    static Dashboard start(Settings settings, Service service) throws Exception {
        Database database = null;
        try {
            database = Database.open(settings.database());
            return new Dashboard(settings, service, database);
        } catch (Exception e) {
            if (database != null) {
                database.close();
            }
            service.close();
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
