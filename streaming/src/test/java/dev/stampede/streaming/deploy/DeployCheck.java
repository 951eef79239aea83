package dev.stampede.streaming.deploy;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads every file of deploy as what takes it in the end would, and compares the files with each other. */
final class DeployCheck {
    /** What closes after the stream itself within a stop, as {@code StreamCommand} allows for. */
    private static final Duration REST_OF_A_STOP = Duration.ofSeconds(5);

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>stampede-parent</artifactId>\\s*<version>([^<]+)</version>");

    private final Path root;
    private final List<String> problems = new ArrayList<>();

    private DeployCheck(Path root) {
        this.root = root;
    }

    /** What is wrong under {@code root}, which holds pom.xml and deploy; each names its file. */
    static List<String> problems(Path root) {
        DeployCheck check = new DeployCheck(root);
        check.of("deploy/stampede.properties", check::settings);
        check.of("deploy/compose.yaml", file -> new ComposeCheck(check).read(file));
        check.of("deploy/kubernetes", folder -> new KubernetesCheck(check).read(folder));
        check.of("deploy/docker", folder -> new DockerCheck(check).read(folder));
        check.of("deploy/systemd/stampede.service", file -> new UnitCheck(check).read(file));
        check.of("deploy/systemd/stampede-retraining.service", file -> new UnitCheck(check).read(file));
        check.of("deploy/systemd/stampede-retraining.timer", file -> new UnitCheck(check).read(file));
        check.of("deploy/grafana/provisioning", folder -> new GrafanaCheck(check).read(folder));
        return check.problems;
    }

    /** Something that reads one file or folder. */
    interface Reading {
        void read(Path file) throws IOException;
    }

    private void of(String file, Reading reading) {
        try {
            reading.read(root.resolve(file));
        } catch (IOException | IllegalArgumentException | IllegalStateException | StampedeException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    /** Demands that something holds of {@code file}. */
    void require(Path file, boolean holds, String what) {
        if (!holds) {
            problems.add(root.relativize(file.normalize()) + ": " + what);
        }
    }

    /** Demands that a path, as {@code file} names it, is there. */
    void requireFile(Path file, Path named) {
        require(file, Files.exists(named), "there is no " + root.relativize(named.normalize()));
    }

    /** Demands that variables that look like settings are some, and are in range beside {@code settings}. */
    void requireVariables(Path file, Map<String, String> settings, Map<String, String> variables) {
        SettingsSource.unknown(variables).forEach(name -> require(file, false, name + " names no setting"));
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(SettingsSource.environment(variables));
        all.putIfAbsent(StreamSettings.BOOTSTRAP_SERVERS, "127.0.0.1:9092");
        try {
            require(file, !StreamSettings.of(all).printable().isEmpty(), "has no settings");
        } catch (StampedeException e) {
            require(file, false, String.valueOf(e.getMessage()));
        }
    }

    /** Demands that a scheduler waits longer than a stop with {@code settings} may take. */
    void requireTimeout(Path file, Map<String, String> settings, Duration timeout) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent(StreamSettings.BOOTSTRAP_SERVERS, "127.0.0.1:9092");
        Duration stop = StreamSettings.of(all).get(StreamKeys.STOP_TIMEOUT).plus(REST_OF_A_STOP);
        require(file, timeout.compareTo(stop) > 0, "a stop may take " + stop + ", but it is given " + timeout);
    }

    /** The settings of {@code file}; wrong ones are a problem. */
    Map<String, String> settings(Path file) {
        Map<String, String> settings = SettingsSource.read(file);
        requireVariables(file, settings, Map.of());
        return settings;
    }

    /** The version that the build makes. */
    String version() {
        Matcher matcher = VERSION.matcher(text(root.resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalStateException("pom.xml tells no version");
        }
        return matcher.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Requires that a command exists in some distribution. */
    void requireCommand(Path file, String command) throws IOException {
        boolean exists = Files.readAllLines(deploy().resolve("dist/commands.txt")).stream()
                .anyMatch(line -> line.startsWith(command + "|"));
        require(file, exists, "there is no command " + command);
    }

    Path deploy() {
        return root.resolve("deploy");
    }
}
