package io.github.vidicenter.simulator.api;

import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.export.BadRequestException;
import io.github.vidicenter.simulator.export.ExportJobs;
import io.github.vidicenter.simulator.export.ExportQuery;
import io.github.vidicenter.simulator.fault.BrokenSender;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultPlan;
import io.github.vidicenter.simulator.fault.OtherAnswer;
import io.github.vidicenter.simulator.fault.Phase;
import io.github.vidicenter.simulator.http.Answer;
import io.github.vidicenter.simulator.http.Exchange;
import io.github.vidicenter.simulator.http.HttpServer;
import io.github.vidicenter.simulator.http.Sender;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Lets calls in or refuses them, and routes them. */
final class Service implements HttpServer.Handler {

    static final String ROOT = "/api/v1/";

    private static final System.Logger LOG = System.getLogger(Service.class.getName());

    private final Account account;
    private final CallGate gate;
    private final Topology topology;
    private final ExportJobs jobs;
    private final DataAnswers dataAnswers;
    private final TopologyAnswers topologyAnswers;
    private final SimulatorAnswers simulatorAnswers;
    private final Supplier<Set<Dialect>> dialect;
    private final FaultPlan faults;
    private final LongAdder unauthorized = new LongAdder();

    /** Makes the answer to a request that was let in. */
    private interface Answering {
        void run() throws IOException;
    }

    Service(
            Account account,
            CallGate gate,
            Topology topology,
            ExportJobs jobs,
            DataAnswers dataAnswers,
            TopologyAnswers topologyAnswers,
            SimulatorAnswers simulatorAnswers,
            Supplier<Set<Dialect>> dialect,
            FaultPlan faults) {
        this.account = account;
        this.gate = gate;
        this.topology = topology;
        this.jobs = jobs;
        this.dataAnswers = dataAnswers;
        this.topologyAnswers = topologyAnswers;
        this.simulatorAnswers = simulatorAnswers;
        this.dialect = dialect;
        this.faults = faults;
    }

    /** Answers with status 401 so far. */
    long unauthorized() {
        return unauthorized.sum();
    }

    @Override
    public void opened() {
        gate.opened();
    }

    @Override
    public void closed() {
        gate.closed();
    }

    @Override
    public Runnable arrived(Exchange exchange) {
        if (!exchange.path().startsWith(ROOT)) {
            return () -> run(exchange, () -> send(exchange, simulatorAnswers.answer(exchange)));
        }
        boolean within = gate.entered();
        exchange.onRelease(gate::left);
        return () -> run(exchange, () -> call(exchange, within));
    }

    private void run(Exchange exchange, Answering answering) {
        try {
            try {
                answering.run();
            } catch (BadRequestException e) {
                send(exchange, Answer.error(e.status(), e.getMessage()));
            }
        } catch (IOException e) {
            exchange.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Could not answer " + exchange.path(), e);
            exchange.reset();
        }
    }

    private void call(Exchange exchange, boolean withinRequests) throws IOException {
        if (!withinRequests) {
            send(exchange, Answer.error(429, "Too many simultaneous requests"));
            return;
        }
        if (!account.accepts(exchange.authorization())) {
            unauthorized.increment();
            send(
                    exchange,
                    Answer.error(401, "Invalid API Token")
                            .with("WWW-Authenticate", "Basic realm=\"VidiCenter\""));
            return;
        }
        Duration wait = gate.admitted();
        if (wait != null) {
            send(
                    exchange,
                    Answer.error(429, "Too many calls")
                            .with("Retry-After", Long.toString(secondsRoundedUp(wait))));
            return;
        }
        if (!exchange.method().equals("GET")) {
            send(exchange, Answer.error(405, "Method not allowed: " + exchange.method()));
            return;
        }
        route(exchange, exchange.path().substring(ROOT.length()));
    }

    private void route(Exchange exchange, String path) throws IOException {
        if (path.equals("data/")) {
            export(exchange);
        } else if (path.equals("whoami/")) {
            send(exchange, Answer.json(Map.of("username", account.username())));
        } else {
            list(exchange, path);
        }
    }

    private void list(Exchange exchange, String path) throws IOException {
        Answer list = topologyAnswers.answer(path);
        if (list == null) {
            send(exchange, Answer.error(404, "Not found: " + path));
            return;
        }
        Fault fault = faults.next(Phase.LIST, List.of(), null).orElse(null);
        if (fault instanceof Fault.Instead instead) {
            sendInstead(exchange, instead);
        } else {
            send(exchange, list, fault);
        }
    }

    private void export(Exchange exchange) throws IOException {
        Map<String, String> parameters = exchange.parameters();
        ExportQuery query =
                ExportQuery.parse(
                        parameters, topology, dialect.get().contains(Dialect.NEW_EDITION));
        // These act by being there, whatever their value.
        boolean forceRebuild = parameters.containsKey("force_rebuild");
        boolean statusOnly = parameters.containsKey("status_only");
        jobs.called(query, forceRebuild);
        Fault fault =
                faults.next(
                                jobs.phase(query, forceRebuild),
                                query.locations().stream().map(Location::id).toList(),
                                parameters.get("data_type"))
                        .orElse(null);
        if (fault instanceof Fault.Instead instead) {
            sendInstead(exchange, instead);
            return;
        }
        if (fault instanceof Fault.Forgotten) {
            jobs.forget(query);
        }
        Answer answer =
                fault instanceof Fault.OldExport
                        ? dataAnswers.answerBeforeRebuild(query, forceRebuild, statusOnly)
                        : dataAnswers.answer(query, forceRebuild, statusOnly);
        if (fault instanceof Fault.OfTheExport ofTheExport) {
            jobs.spoil(query, ofTheExport);
        }
        send(exchange, answer, fault);
    }

    private void sendInstead(Exchange exchange, Fault.Instead fault) throws IOException {
        Answer other = OtherAnswer.of(fault);
        if (other != null) {
            send(exchange, other);
        }
    }

    private void send(Exchange exchange, Answer answer, Fault fault) throws IOException {
        if (fault instanceof Fault.OnTheWay onTheWay) {
            new BrokenSender(onTheWay).send(exchange, answer, false);
        } else if (fault instanceof Fault.Misstated misstated) {
            send(exchange, OtherAnswer.of(misstated));
        } else {
            send(exchange, answer);
        }
    }

    private void send(Exchange exchange, Answer answer) throws IOException {
        Sender.WHOLE.send(
                exchange, answer, exchange.acceptsGzip() && dialect.get().contains(Dialect.GZIP));
    }

    private static long secondsRoundedUp(Duration duration) {
        return (duration.toNanos() + 999_999_999) / 1_000_000_000;
    }
}
