package dev.stampede.streaming.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.CommandRunner;
import dev.stampede.stamps.file.TemporaryFolder;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.StreamRunner;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands whose start should be short, on a few stamps and an embedded broker. The classes that Java loads during
 * the run are those of the archive that the launcher starts with (class data sharing).
 */
final class ClassListRun {
    /** Half of them are sources. */
    private static final String STAMPS = "100";

    private static final String VERDICTS = "10";

    /** It takes ten seconds on an idle core. */
    private static final long MAX_MINUTES = 3;

    private ClassListRun() {}

    /** Needs no arguments; fails if a command fails. */
    public static void main(String[] arguments) throws InterruptedException {
        CompletableFuture.delayedExecutor(MAX_MINUTES, TimeUnit.MINUTES).execute(ClassListRun::halt);
        try (TemporaryFolder folder = TemporaryFolder.create("classes")) {
            Path simulated = folder.path().resolve("simulated");
            run("simulate", "--count", STAMPS, "--out", simulated.toString());
            String array = simulated.resolve(SimulatedFolder.SOURCES).toString();
            run("classify", array);
            run("classify", array, "--json");
            run("classify", "--help");
            try (EmbeddedBroker broker = EmbeddedBroker.start()) {
                broker.createTopics(1, TopicNames.DEFAULT.all());
                runWith(broker.address(), array);
            }
        }
        CommandRunner.main(StampedeCommands.create(), "completion"); // as a process, with the options of all commands
    }

    /** A command would wait forever for a stream that failed. */
    private static void halt() {
        System.err.println("The commands did not end within " + MAX_MINUTES + " minutes.");
        Runtime.getRuntime().halt(1);
    }

    private static void runWith(String broker, String array) throws InterruptedException {
        StreamSettings settings = StreamSettings.of(Map.of(StreamSettings.BOOTSTRAP_SERVERS, broker, "http.port", "0"));
        GracefulShutdown shutdown = GracefulShutdown.onRequest();
        CompletableFuture<Void> stream =
                CompletableFuture.runAsync(() -> runStream(new StreamRunner(settings, shutdown, System.err)));
        try {
            runOn(broker, "produce", array);
            runOn(broker, "tail", "--from-beginning", "--count", VERDICTS);
            runOn(broker, "tail", "--from-beginning", "--count", VERDICTS, "--json");
            runOn(broker, "models");
            runOn(broker, "replay-dead-letters", "--dry-run");
        } finally {
            shutdown.request();
            stream.join();
        }
    }

    private static void runStream(StreamRunner stream) {
        try {
            stream.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runOn(String broker, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap-servers", broker));
        run(arguments.toArray(String[]::new));
    }

    private static void run(String... arguments) {
        if (CommandRunner.run(StampedeCommands.create(), arguments) != 0) {
            throw CommandException.failed("The command " + String.join(" ", arguments) + " failed.");
        }
    }
}
