package io.github.vidicenter.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a simulator from the command line and runs until it is stopped. */
@Command(
        name = "vidicenter-simulator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "A VidiCenter on this machine: the data export API with its states and limits, over"
                        + " data that follows from a seed.")
public final class VidiCenterSimulatorCli implements Callable<Integer> {

    @Option(names = "--port", description = "Port on 127.0.0.1; 0: any free one.")
    int port = 8080;

    @Option(names = "--user", description = "User of the account.")
    String user = "demo";

    @Option(names = "--token", description = "API token of the account.")
    String token = "demo-token";

    @Option(names = "--seed", description = "What all data and all chance follow from.")
    long seed = 42;

    @Option(names = "--audience", description = "How many people there are, 1: some hundred a day.")
    double audience = 1;

    @Option(
            names = "--locations",
            split = ",",
            paramLabel = "<id>",
            description = "Ids, comma-separated. Default: those of the API document's calls.")
    List<Long> locations = List.of();

    @Option(
            names = "--clock",
            paramLabel = "<start>/<factor>",
            description =
                    "Now as the data sees it, e.g. 2024-03-04T00:00:00/1440. Default: all data is"
                            + " there.")
    String clock;

    @Option(
            names = "--upload-lag",
            paramLabel = "<duration>",
            description = "How long after an event it is uploaded, e.g. PT5M. Default: at once.")
    Duration uploadLag;

    @Option(
            names = "--build-time",
            paramLabel = "<duration>",
            description = "How long an export takes, e.g. PT2S. Default: 200 ms and 2 µs a row.")
    Duration buildTime;

    @Option(names = "--calls-per-minute", description = "Limit of calls in any 60 s.")
    int callsPerMinute = Limits.DEFAULT.callsPerMinute();

    @Option(names = "--concurrent-exports", description = "Limit of exports being built.")
    int concurrentExports = Limits.DEFAULT.concurrentExports();

    @Option(names = "--simultaneous-requests", description = "Limit of requests at a time.")
    int simultaneousRequests = Limits.DEFAULT.simultaneousRequests();

    @Option(
            names = "--dialect",
            split = ",",
            description = "What the document leaves open: ${COMPLETION-CANDIDATES}.")
    List<Dialect> dialect = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new VidiCenterSimulatorCli()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (VidiCenterSimulator simulator = start()) {
            System.out.println(greeting(simulator));
            new CountDownLatch(1).await();
        }
        return 0;
    }

    VidiCenterSimulator start() {
        VidiCenterSimulator.Builder builder =
                VidiCenterSimulator.builder()
                        .port(port)
                        .username(user)
                        .token(token)
                        .seed(seed)
                        .audience(audience)
                        .locations(locations.stream().mapToLong(Long::longValue).toArray())
                        .dialect(dialect.toArray(Dialect[]::new))
                        .limits(
                                Limits.DEFAULT
                                        .withCallsPerMinute(callsPerMinute)
                                        .withConcurrentExports(concurrentExports)
                                        .withSimultaneousRequests(simultaneousRequests));
        if (clock != null) {
            builder.clock(SimulatedClock.parse(clock));
        }
        if (uploadLag != null) {
            builder.uploadLag(uploadLag);
        }
        if (buildTime != null) {
            builder.buildTime(BuildTime.of(buildTime));
        }
        return builder.start();
    }

    /** The account's own token is no secret: it was chosen on this command line. */
    static String greeting(VidiCenterSimulator simulator) {
        String location = simulator.locations().iterator().next().toString();
        return """
                VidiCenter simulator at %s, until Ctrl-C. Ask it twice:
                curl -u %s:%s '%sdata/?locations=%s&data_type=viewers&start=2024-03-04T10:00:00&end=2024-03-04T11:00:00&time_resolution=1h'"""
                .formatted(
                        simulator.url(),
                        simulator.username(),
                        simulator.token(),
                        simulator.url(),
                        location);
    }
}
