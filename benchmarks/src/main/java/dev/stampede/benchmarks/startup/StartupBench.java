package dev.stampede.benchmarks.startup;

import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts commands as a user does, in turn, and measures when their result is there. */
final class StartupBench {
    /** Half of them are sources, which are classified. */
    private static final int STAMPS = 20;

    private static final long SEED = 1;
    private static final int HTTP_OK = 200;
    private static final int POLL_MILLIS = 5;
    private static final double STREAM_TIMEOUT_SECONDS = 120;

    private final Path launcher;
    private final Path errors;
    private final Path stamps;
    private final Path config;
    private final String broker;
    private final int port;
    private final Map<String, List<Start>> starts = new LinkedHashMap<>();

    /** The time to the result and the CPU time of the whole run, seconds. */
    private record Start(double seconds, double cpuSeconds) {}

    /** Runs a command and returns the time to its result, seconds. */
    @FunctionalInterface
    private interface Measurement {
        double run() throws IOException, InterruptedException;
    }

    private StartupBench(Path launcher, Path folder, String broker) throws IOException {
        this.launcher = launcher;
        this.broker = broker;
        this.errors = folder.resolve("errors.log");
        Path simulated = folder.resolve("simulated");
        this.stamps = simulated.resolve(SimulatedFolder.SOURCES);
        this.config = folder.resolve("stampede.properties");
        this.port = EmbeddedBroker.freePort(0);
        SimulatedFolder.write(simulated, SimulationSettings.standard(), SEED, STAMPS, written -> {});
        Files.writeString(config, "bootstrap.servers=" + broker + "\nhttp.port=" + port + "\ntopics.create=true\n");
    }

    /**
     * The results by name: of each start the median time, that of the first one, and the median CPU time, seconds.
     *
     * @param rounds after the first one
     */
    static Map<String, Double> run(Path launcher, int rounds, PrintStream notes) throws InterruptedException {
        return RunFolder.run(
                "startup",
                folder -> {
                    try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
                        StartupBench bench = new StartupBench(launcher, folder, broker.address());
                        bench.classifyOnce();
                        for (int round = 0; round <= rounds; round++) {
                            notes.println("Round " + round + " of " + rounds + "...");
                            bench.round();
                        }
                        return bench.results();
                    }
                },
                results -> true);
    }

    /** So that the launcher has built what it runs, and there are classifications to read. */
    private void classifyOnce() throws IOException, InterruptedException {
        try (MeasuredProcess stream = start("stream", "--config", config.toString())) {
            secondsToReady(stream);
            start("produce", stamps.toString(), "--bootstrap-servers", broker).secondsToEnd();
            start("tail", "--from-beginning", "--count", "1", "--bootstrap-servers", broker)
                    .secondsToEnd();
        }
    }

    private void round() throws IOException, InterruptedException {
        measure("emptyProgram", () -> emptyProgram().secondsToEnd());
        measure("help", () -> start("classify", "--help").secondsToEnd());
        measure("classify", this::secondsToVerdict);
        measure(
                "produce",
                () -> start("produce", stamps.toString(), "--bootstrap-servers", broker)
                        .secondsToEnd());
        measure(
                "tail",
                () -> start("tail", "--from-beginning", "--count", "1", "--bootstrap-servers", broker)
                        .secondsToEnd());
        measure("models", () -> start("models", "--bootstrap-servers", broker).secondsToEnd());
        measure(
                "replay",
                () -> start("replay-dead-letters", "--dry-run", "--bootstrap-servers", broker)
                        .secondsToEnd());
        measure("stream", () -> {
            try (MeasuredProcess stream = start("stream", "--config", config.toString())) {
                return secondsToReady(stream);
            }
        });
    }

    private void measure(String name, Measurement measurement) throws IOException, InterruptedException {
        double cpuSeconds = MeasuredProcess.childrenCpuSeconds();
        double seconds = measurement.run();
        starts.computeIfAbsent(name, first -> new ArrayList<>())
                .add(new Start(seconds, MeasuredProcess.childrenCpuSeconds() - cpuSeconds));
    }

    private MeasuredProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return MeasuredProcess.start(command, errors);
    }

    private MeasuredProcess emptyProgram() {
        return MeasuredProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyProgram.class.getName()),
                errors);
    }

    /** The first verdict is the line below the header. */
    private double secondsToVerdict() throws InterruptedException {
        return start("classify", stamps.toString()).secondsToLine(2);
    }

    private double secondsToReady(MeasuredProcess stream) throws IOException, InterruptedException {
        while (!isReady()) {
            if (!stream.isAlive() || stream.seconds() > STREAM_TIMEOUT_SECONDS) {
                throw stream.failed();
            }
            Thread.sleep(POLL_MILLIS);
        }
        return stream.seconds();
    }

    private boolean isReady() throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
        try {
            return request.getResponseCode() == HTTP_OK;
        } catch (IOException notListening) {
            return false;
        } finally {
            request.disconnect();
        }
    }

    private Map<String, Double> results() {
        Map<String, Double> results = new LinkedHashMap<>();
        starts.forEach((name, all) -> {
            List<Start> warm = all.subList(1, all.size());
            results.put(name + "Seconds", Results.median(warm.stream().mapToDouble(Start::seconds)));
            results.put(name + "FirstSeconds", all.get(0).seconds());
            results.put(name + "CpuSeconds", Results.median(warm.stream().mapToDouble(Start::cpuSeconds)));
        });
        return results;
    }
}
