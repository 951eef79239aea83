package dev.stampede.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The version of this program, and the versions of what it runs on.
 *
 * @param version of Stampede
 * @param commit the start of the git commit, followed by {@code -dirty} if files were changed; {@code unknown} if it was
 *     built without a repository
 * @param commitTime of that commit, ISO 8601 in UTC; {@code unknown} likewise
 * @param libraries the version of Java and of each main library on the class path, by name
 */
public record BuildInfo(String version, String commit, String commitTime, Map<String, String> libraries) {
    /** The main libraries: their names, the keys of their versions, and a class that each has. */
    private static final List<Library> LIBRARIES = List.of(
            new Library("ONNX Runtime", "onnxruntime", "ai.onnxruntime.OrtEnvironment"),
            new Library("Kafka", "kafka", "org.apache.kafka.clients.producer.KafkaProducer"),
            new Library("Deeplearning4j", "deeplearning4j", "org.deeplearning4j.nn.graph.ComputationGraph"));

    private static final String UNKNOWN = "unknown";

    private static final BuildInfo CURRENT = read("build.properties");

    public BuildInfo {
        libraries = Map.copyOf(libraries);
    }

    private record Library(String name, String key, String className) {
        boolean isPresent() {
            try {
                Class.forName(className, false, BuildInfo.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }

    /** Of the running program. */
    public static BuildInfo current() {
        return CURRENT;
    }

    private static BuildInfo read(String file) {
        Properties build = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from this build");
            }
            build.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
        Map<String, String> libraries = new LinkedHashMap<>();
        LIBRARIES.stream()
                .filter(Library::isPresent)
                .forEach(library -> libraries.put(library.name(), build.getProperty(library.key())));
        libraries.put("Java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        boolean isDirty = Boolean.parseBoolean(build.getProperty("commit.dirty"));
        return new BuildInfo(
                build.getProperty("version"),
                build.getProperty("commit") + (isDirty ? "-dirty" : ""),
                build.getProperty("commit.time"),
                libraries);
    }

    /** The version with its commit, on one line. */
    public String describe() {
        return version
                + (commit.equals(UNKNOWN) ? " (commit unknown)" : " (commit " + commit + ", " + commitTime + ")");
    }

    /** The version of a library; empty if it is not on the class path. */
    public String library(String name) {
        return libraries.getOrDefault(name, "");
    }

    /** All versions, one per line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Stampede " + version);
        lines.add(line("commit", commit));
        lines.add(line("commit time", commitTime));
        libraries.keySet().stream().sorted().forEach(name -> lines.add(line(name, library(name))));
        return lines;
    }

    private static String line(String name, String value) {
        return String.format("  %-14s  %s", name, value);
    }
}
