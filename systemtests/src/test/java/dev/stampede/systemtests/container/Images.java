package dev.stampede.systemtests.container;

import dev.stampede.stamps.ExternalProgram;
import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images of the tests: a base from Debian's packages, since no registry may be reachable, and what is built on it. */
final class Images {
    /** Built once, then kept: it takes a minute. */
    private static final String BASE = "localhost/stampede-base:bookworm";

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Images() {}

    /** The image of the distribution in {@code streaming/target}, built by the script of {@code deploy} with options of podman. */
    static String stampede(String... options) {
        return built("stampede", "streaming/target", List.of(options));
    }

    /** The image of the training distribution in {@code distribution/target}, likewise. */
    static String training() {
        return built("stampede-training", "distribution/target", List.of("--training"));
    }

    private static String built(String name, String target, List<String> options) {
        Podman.require();
        Path tarball = ROOT.resolve(target).resolve(name + "-" + version() + "-linux-x86_64.tar.gz");
        Requirement.require(
                isNewer(tarball, ROOT.resolve("streaming/target/stampede-streaming-" + version() + ".jar")),
                "there is no distribution of this build: run with -Psystem,dist");
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("deploy/docker/build.sh").toString()));
        command.addAll(options);
        command.addAll(List.of("--quiet", "--network=host", "--build-arg", "BASE=" + base()));
        ExternalProgram.run(command).succeeded();
        return "localhost/" + name + ":" + version();
    }

    private static boolean isNewer(Path tarball, Path built) {
        try {
            return Files.exists(tarball)
                    && (!Files.exists(built)
                            || Files.getLastModifiedTime(tarball).compareTo(Files.getLastModifiedTime(built)) >= 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the times of " + tarball, e);
        }
    }

    /** The version that the Dockerfile names. */
    static String version() {
        try {
            return Files.readAllLines(ROOT.resolve("deploy/docker/Dockerfile")).stream()
                    .filter(line -> line.startsWith("ARG VERSION="))
                    .map(line -> line.substring("ARG VERSION=".length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the Dockerfile", e);
        }
    }

    /** Debian's Prometheus with the entry point, the user and the working directory of {@code prom/prometheus}; its data folder is another. */
    static String prometheus() {
        Optional<Path> program = ExternalProgram.onPath("prometheus");
        Requirement.require(program.isPresent(), "there is no prometheus on PATH: install Debian's package prometheus");
        String image = "localhost/stampede-prometheus";
        inFolder(folder -> {
            Files.copy(program.orElseThrow(), folder.resolve("prometheus"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(folder.resolve("Dockerfile"), """
                    FROM %s
                    COPY prometheus /bin/prometheus
                    RUN install -d -o 65534 -g 65534 /prometheus /var/lib/prometheus/metrics2
                    USER 65534:65534
                    WORKDIR /prometheus
                    ENTRYPOINT ["/bin/prometheus"]
                    """.formatted(base()));
            Podman.run("build", "--quiet", "--tag", image, folder.toString());
        });
        return image;
    }

    private static String base() {
        if (Podman.result("image", "exists", BASE).exitCode() != 0) {
            inFolder(folder -> {
                Path tree = folder.resolve("tree");
                Path tar = folder.resolve("base.tar");
                ExternalProgram.run(List.of("debootstrap", "--variant=minbase", "bookworm", tree.toString()))
                        .succeeded();
                ExternalProgram.run(
                                List.of("tar", "--numeric-owner", "-C", tree.toString(), "-cf", tar.toString(), "."))
                        .succeeded();
                Podman.run("import", tar.toString(), BASE);
            });
        }
        return BASE;
    }

    private interface Work {
        void in(Path folder) throws IOException;
    }

    private static void inFolder(Work work) {
        try {
            Path folder = Files.createTempDirectory("stampede-image-");
            try {
                work.in(folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare an image", e);
        }
    }
}
