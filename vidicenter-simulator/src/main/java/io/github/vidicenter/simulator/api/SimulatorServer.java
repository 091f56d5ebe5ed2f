package io.github.vidicenter.simulator.api;

import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.RealTime;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.export.BadRequestException;
import io.github.vidicenter.simulator.export.Dataset;
import io.github.vidicenter.simulator.export.ExportJobs;
import io.github.vidicenter.simulator.export.ExportQuery;
import io.github.vidicenter.simulator.export.UploadRequest;
import io.github.vidicenter.simulator.fault.FaultPlan;
import io.github.vidicenter.simulator.http.HttpServer;
import io.github.vidicenter.simulator.model.Topology;
import io.github.vidicenter.simulator.type.Row;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The simulator's parts, put together and listening. */
public final class SimulatorServer implements AutoCloseable {

    /** What can't be changed while it runs. See the simulator's builder. */
    public record Settings(
            String host,
            int port,
            String username,
            String token,
            long seed,
            double audience,
            Topology topology,
            BuildTime buildTime,
            RealTime time,
            SimulatedClock clock,
            Duration uploadLag) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Settings of " + username + " at " + host + ":" + port;
        }
    }

    private final Topology topology;
    private final Account account;
    private final FaultPlan faults;
    private final Dataset data;
    private final ExportJobs jobs;
    private final CallGate gate;
    private final DataAnswers dataAnswers;
    private final Service service;
    private final HttpServer http;
    private final LongAdder uploadedRows = new LongAdder();
    private volatile Limits limits;
    private volatile Set<Dialect> dialect;

    public SimulatorServer(Settings settings, Limits limits, Set<Dialect> dialect) {
        this.limits = limits;
        this.dialect = dialect;
        topology = settings.topology();
        account = new Account(settings.username(), settings.token());
        data =
                new Dataset(
                        topology,
                        new Audience(settings.seed(), settings.audience()),
                        settings.time(),
                        settings.clock(),
                        settings.uploadLag());
        faults = new FaultPlan(settings.seed());
        jobs = new ExportJobs(settings.time(), this::limits, settings.buildTime());
        gate = new CallGate(settings.time(), this::limits);
        dataAnswers = new DataAnswers(data, jobs, this::dialect, settings.seed());
        service =
                new Service(
                        account,
                        gate,
                        topology,
                        jobs,
                        dataAnswers,
                        new TopologyAnswers(topology, data),
                        new SimulatorAnswers(this::audit, this::upload),
                        this::dialect,
                        faults);
        http = new HttpServer(settings.host(), settings.port(), service);
    }

    public URI url() {
        return URI.create(
                "http://"
                        + http.address().getHostString()
                        + ":"
                        + http.address().getPort()
                        + Service.ROOT);
    }

    public FaultPlan faults() {
        return faults;
    }

    public Account account() {
        return account;
    }

    public Dataset data() {
        return data;
    }

    public Topology topology() {
        return topology;
    }

    public Limits limits() {
        return limits;
    }

    public void limits(Limits limits) {
        this.limits = limits;
    }

    public void dialect(Set<Dialect> dialect) {
        this.dialect = dialect;
    }

    private Set<Dialect> dialect() {
        return dialect;
    }

    public Audit audit() {
        CallGate.Seen seen = gate.seen();
        ExportJobs.Seen exports = jobs.seen();
        return new Audit(
                seen.calls(),
                exports.starts(),
                exports.rebuilds(),
                exports.finished(),
                exports.failed(),
                dataAnswers.rowsServed(),
                uploadedRows.sum(),
                service.unauthorized(),
                seen.tooManyCalls(),
                exports.refused(),
                seen.tooManyRequests(),
                seen.maxCallsInMinute(),
                exports.maxBuilding(),
                seen.maxRequests(),
                seen.maxSockets(),
                exports.exports());
    }

    public void upload(String dataType, String timeResolution, List<Map<String, Object>> rows) {
        try {
            upload(new UploadRequest(dataType, timeResolution, rows));
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private void upload(UploadRequest request) {
        request.addTo(data, dialect.contains(Dialect.NEW_EDITION));
        uploadedRows.add(request.rows().size());
    }

    public Stream<Map<String, Object>> truth(
            String dataType,
            String timeResolution,
            Collection<Long> locations,
            LocalDateTime start,
            LocalDateTime endExclusive,
            boolean byDemographics) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("data_type", dataType);
        parameters.put("time_resolution", timeResolution);
        parameters.put(
                "locations",
                locations.stream().map(String::valueOf).collect(Collectors.joining(",")));
        parameters.put("start", start.toString());
        parameters.put("end", endExclusive.toString());
        if (byDemographics) {
            parameters.put("group_by_demographics", "1");
        }
        return truth(parameters);
    }

    public Stream<Map<String, Object>> truth(Map<String, String> parameters) {
        ExportQuery query;
        try {
            query = ExportQuery.parse(parameters, topology, dialect.contains(Dialect.NEW_EDITION));
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Iterator<Row> rows =
                data.rows(query, false, dialect.contains(Dialect.MONDAY_WEEKS)).inOrder();
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .map(Row::toMap);
    }

    @Override
    public void close() {
        http.close();
    }
}
