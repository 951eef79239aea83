package dev.stampede.benchmarks.peers;

import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.systemtests.harness.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that is measured, with one of the two normalisers. */
enum Peer {
    STAMPEDE("stampede", "", "stampede"),
    LOOP("consumerLoop", "ConsumerLoop", "stampede"),
    FLINK("flink", "FlinkJob", "stampede"),
    SPARK("spark", "SparkJob", "stampede"),
    LOOP_PLAIN("consumerLoopPlain", "ConsumerLoop", "plain"),
    FLINK_PLAIN("flinkPlain", "FlinkJob", "plain"),
    SPARK_PLAIN("sparkPlain", "SparkJob", "plain");

    private static final int HEAP_MEBIBYTES = 1024;

    /** What Spark asks for on Java 17. */
    private static final List<String> OPENED = Stream.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    private final String key;
    private final String main;
    private final String normaliser;

    Peer(String key, String main, String normaliser) {
        this.key = key;
        this.main = main;
        this.normaliser = normaliser;
    }

    /** The name in results. */
    String key() {
        return key;
    }

    /** What a program reads and writes; {@code folder} is for its files. */
    record Work(String brokers, String input, String output, String model, int threads, Path folder) {}

    /**
     * Starts the program.
     *
     * @param programs the folder of the build of {@code benchmarks/peers}
     */
    JavaProcess start(Work work, Path programs) {
        return main.isEmpty() ? startStream(work) : startProgram(work, programs);
    }

    private JavaProcess startStream(Work work) {
        Path config = work.folder().resolve("stampede.properties");
        try {
            Files.writeString(config, """
                    bootstrap.servers=%s
                    application.id=%s
                    model.path=%s
                    topic.alerts=%s
                    topic.classifications=%s
                    topic.models=
                    threads=%d
                    http.port=0
                    """.formatted(
                            work.brokers(), work.output(), work.model(), work.input(), work.output(), work.threads()));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot write " + config, failure);
        }
        return JavaProcess.start(
                work.folder().resolve("log"),
                HEAP_MEBIBYTES,
                StampedeCommands.class,
                List.of("stream", "--config", config.toString()));
    }

    private JavaProcess startProgram(Work work, Path programs) {
        List<String> arguments = new ArrayList<>(OPENED);
        arguments.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                // Avro trusts the classes of its caller's loader, which Spark replaces.
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.stampede.schemas",
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+UseParallelGC", // as the stream
                "-cp",
                programs.resolve("classes") + ":" + programs.resolve("lib") + "/*",
                "dev.stampede.peers." + main,
                "brokers=" + work.brokers(),
                "input=" + work.input(),
                "output=" + work.output(),
                "model=" + work.model(),
                "normaliser=" + normaliser,
                "threads=" + work.threads(),
                "folder=" + work.folder().resolve("checkpoints")));
        return JavaProcess.launch(
                work.folder().resolve("log"), Path.of(System.getProperty("java.home"), "bin", "java"), arguments);
    }
}
