package io.github.vidicenter.simulator;

import io.github.vidicenter.simulator.api.SimulatorServer;
import io.github.vidicenter.simulator.fault.FaultPlan;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Topology;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A VidiCenter to develop and test against: serves the data export API, its limits and its states
 * over HTTP on this machine, from data that follows from a seed.
 *
 * <pre>{@code
 * try (VidiCenterSimulator simulator =
 *         VidiCenterSimulator.builder().seed(42).locations(1056, 1057).start()) {
 *     URI url = simulator.url();
 * }
 * }</pre>
 */
public final class VidiCenterSimulator implements AutoCloseable {

    private final SimulatorServer server;

    private VidiCenterSimulator(SimulatorServer server) {
        this.server = server;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The API's root, ending in {@code /api/v1/}. */
    public URI url() {
        return server.url();
    }

    public String username() {
        return server.account().username();
    }

    public String token() {
        return server.account().token();
    }

    /** The faults to come; rules are added at any time. */
    public FaultPlan faults() {
        return server.faults();
    }

    /** Changes the token; calls with the old one are answered 401 from now on. */
    public void setToken(String token) {
        server.account().token(token);
    }

    /** Ids of the account's locations. */
    public List<Long> locations() {
        return server.topology().locations().stream().map(Location::id).toList();
    }

    /** What was asked so far. */
    public Audit audit() {
        return server.audit();
    }

    public Limits limits() {
        return server.limits();
    }

    /** Changes the limits from now on. */
    public void limits(Limits limits) {
        server.limits(limits);
    }

    /** Changes the dialect of answers from now on, and of what exports built from now on hold. */
    public void dialect(Dialect... dialect) {
        server.dialect(Builder.set(dialect));
    }

    /** Changes how long after an event all locations upload it; null: at once. */
    public void uploadLag(Duration lag) {
        server.data().lag(lag);
    }

    /** Changes how long after an event a location uploads it. */
    public void uploadLag(long location, Duration lag) {
        server.data().lag(location, lag);
    }

    /** Adds a location, or replaces the one with its id. */
    public void putLocation(Location location) {
        server.topology().put(location);
    }

    /**
     * Adds rows, which exports built from now on hold: single events beside those that are made,
     * aggregates in place of those with the same key. Counts as an upload of their locations.
     *
     * @param rows each with the id and time that rows of its type have; times as {@link
     *     LocalDateTime} or text with a space or a {@code T}
     * @throws IllegalArgumentException if there is no such export, or a row lacks its id or time
     */
    public void upload(String dataType, String timeResolution, List<Map<String, Object>> rows) {
        server.upload(dataType, timeResolution, rows);
    }

    /**
     * The rows that an export holds which is built now, made by nothing but the simulator's data.
     * Integers are {@code Long}, fractions {@code Double}, times {@code LocalDateTime} (parts of
     * times {@code LocalDate} and {@code LocalTime}), nested values {@code List} and {@code Map};
     * of the dialect only {@code NEW_EDITION} and {@code MONDAY_WEEKS} count.
     *
     * @param start inclusive local time
     */
    public Stream<Map<String, Object>> truth(
            String dataType,
            String timeResolution,
            Collection<Long> locations,
            LocalDateTime start,
            LocalDateTime endExclusive) {
        return truth(dataType, timeResolution, locations, start, endExclusive, false);
    }

    /** As above, by gender and age if {@code byDemographics}. */
    public Stream<Map<String, Object>> truth(
            String dataType,
            String timeResolution,
            Collection<Long> locations,
            LocalDateTime start,
            LocalDateTime endExclusive,
            boolean byDemographics) {
        return server.truth(
                dataType, timeResolution, locations, start, endExclusive, byDemographics);
    }

    /**
     * As above, for any export.
     *
     * @param parameters of the call, decoded, by name; {@code end} is taken as exclusive
     */
    public Stream<Map<String, Object>> truth(Map<String, String> parameters) {
        return server.truth(parameters);
    }

    /** Stops at once, whatever is being served, and frees port and threads. */
    @Override
    public void close() {
        server.close();
    }

    /** What a simulator is made of; all has defaults. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private String username = "demo";
        private String token = "demo-token";
        private long seed = 42;
        private double audience = 1;
        private Topology topology;
        private Limits limits = Limits.DEFAULT;
        private BuildTime buildTime = BuildTime.DEFAULT;
        private Set<Dialect> dialect = Set.of();
        private RealTime time = RealTime.system();
        private SimulatedClock clock;
        private Duration uploadLag;

        private Builder() {}

        /** Default 0: any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Default {@code demo}. */
        public Builder username(String username) {
            this.username = username;
            return this;
        }

        /** Default {@code demo-token}. */
        public Builder token(String token) {
            this.token = token;
            return this;
        }

        /** What all data and all chance follow from. Default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * How many people there are. Default 1: a location has some hundred watchers a day; 0:
         * there is no data but uploaded rows.
         */
        public Builder audience(double scale) {
            this.audience = scale;
            return this;
        }

        /** Ids of the account's locations. Default: those of the API document's own calls. */
        public Builder locations(long... ids) {
            for (long id : ids) {
                ownTopology().put(id);
            }
            return this;
        }

        /** Adds a location with habits of its own. */
        public Builder location(Location location) {
            ownTopology().put(location);
            return this;
        }

        /** Default: those of the real service. */
        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /** Default: 200 ms and 2 µs a row. */
        public Builder buildTime(BuildTime buildTime) {
            this.buildTime = buildTime;
            return this;
        }

        /** Default: as the API document prints its answers. */
        public Builder dialect(Dialect... dialect) {
            this.dialect = set(dialect);
            return this;
        }

        /** The time that limits, builds and the cache go by. Default: the machine's. */
        public Builder time(RealTime time) {
            this.time = time;
            return this;
        }

        /** Now as the data sees it: later data is not there yet. Default: all data is there. */
        public Builder clock(SimulatedClock clock) {
            this.clock = clock;
            return this;
        }

        /** How long after an event it is uploaded. Default: at once. */
        public Builder uploadLag(Duration lag) {
            this.uploadLag = lag;
            return this;
        }

        /** Starts to listen. */
        public VidiCenterSimulator start() {
            Topology locations = topology == null ? Topology.ofDocument() : topology;
            return new VidiCenterSimulator(
                    new SimulatorServer(
                            new SimulatorServer.Settings(
                                    host, port, username, token, seed, audience, locations,
                                    buildTime, time, clock, uploadLag),
                            limits,
                            dialect));
        }

        private Topology ownTopology() {
            if (topology == null) {
                topology = new Topology();
            }
            return topology;
        }

        private static Set<Dialect> set(Dialect... dialect) {
            return dialect.length == 0 ? Set.of() : Set.copyOf(EnumSet.copyOf(List.of(dialect)));
        }
    }
}
