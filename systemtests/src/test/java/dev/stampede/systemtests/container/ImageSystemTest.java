package dev.stampede.systemtests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.ExternalProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image of {@code deploy/docker}, built and run. */
@Tag("system")
class ImageSystemTest {
    /** Licences that allow shipping next to code under Apache-2.0; of several, one is enough. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "The (New) BSD License",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "Go License",
            "Public Domain");

    /** Of a jar with native libraries, in its package URL. */
    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    private static String image = "";
    private static String training = "";

    @BeforeAll
    static void build() {
        image = Images.stampede();
        training = Images.training();
    }

    /** Runs a command of the image with options of podman. */
    private static ExternalProgram.Result run(List<String> options, String... command) {
        List<String> arguments = new ArrayList<>(List.of("run", "--network=none", "--cap-drop=all"));
        arguments.addAll(options);
        arguments.add(image);
        arguments.addAll(List.of(command));
        return Podman.result(arguments.toArray(String[]::new));
    }

    @Test
    void runsTheDemoWithOneGibibyteAReadOnlyRootAndNoCapabilities() throws IOException {
        ExternalProgram.Result result = run(
                List.of(
                        "--rm",
                        "--read-only",
                        "--read-only-tmpfs=false",
                        "--tmpfs=/tmp:exec,mode=1777",
                        "--security-opt=no-new-privileges",
                        "--memory=1g"),
                "demo",
                "--alerts",
                "5000",
                "--json");

        JsonNode report = new ObjectMapper().readTree(result.succeeded());
        assertThat(report.path("alertsIn").asInt()).as("%s", report).isEqualTo(5000);
        assertThat(report.path("missing").asInt()).isZero();
    }

    @Test
    void writesNothingOutsideOfItsTemporaryFolder() {
        String name = "stampede-test-writes";
        try {
            run(List.of("--name", name, "--tmpfs=/tmp:exec,mode=1777"), "demo", "--alerts", "1000")
                    .succeeded();

            List<String> changes = Podman.run("diff", name).lines().toList();
            assertThat(changes).as("podman reports changes").contains("C /etc");
            assertThat(changes)
                    .as("what podman itself puts into a container")
                    .allMatch(line ->
                            line.matches("[AC] /(etc(/passwd|/group|/hosts|/mtab)?|run(/\\.containerenv)?|tmp)"));
        } finally {
            Podman.result("rm", "--force", name);
        }
    }

    @Test
    void runsAsAUserOfItsOwnWithItsOwnJava() {
        assertThat(Podman.run("run", "--rm", "--network=none", "--entrypoint", "id", image, "-u"))
                .isEqualTo("10001");
        assertThat(Podman.result("run", "--rm", "--network=none", "--entrypoint", "which", image, "java")
                        .exitCode())
                .as("there is no Java besides")
                .isNotZero();
        assertThat(run(List.of("--rm"), "--version").succeeded()).contains("Java   ");
    }

    @Test
    void loadsItsClassesFromTheArchiveOfTheImage() {
        String loaded = run(List.of("--rm", "--env=STAMPEDE_JAVA_OPTIONS=-Xlog:class+load"), "--version")
                .succeeded();

        assertThat(loaded.lines().filter(line -> line.contains(" dev.stampede.streaming.command.StampedeCommands ")))
                .singleElement()
                .asString()
                .endsWith("shared objects file");
    }

    @Test
    void aSecondBuildHasTheSameLayersExceptThatOfTheArchiveOfClasses() {
        List<String> first = layers();
        Images.stampede("--no-cache");
        List<String> second = layers();

        assertThat(second).hasSameSizeAs(first);
        assertThat(IntStream.range(0, first.size())
                        .filter(layer -> !first.get(layer).equals(second.get(layer)))
                        .count())
                .isLessThanOrEqualTo(1);
    }

    /** The digests of the contents of the layers. */
    private static List<String> layers() {
        return List.of(Podman.run("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}", image)
                .split(" ", -1));
    }

    @Test
    void trainsAndReportsInTheTrainingImageWithAReadOnlyRootAndNoCapabilities() {
        String commands = "stampede simulate --count 600 --seed 1 --out data"
                + " && stampede train --data data --epochs 1 --out next.onnx"
                + " && stampede retraining-job --help"
                + " && stampede evaluate --model next.onnx --data data --report report";
        ExternalProgram.Result result = Podman.result(
                "run",
                "--rm",
                "--network=none",
                "--cap-drop=all",
                "--read-only",
                "--read-only-tmpfs=false",
                "--tmpfs=/tmp:exec,mode=1777",
                "--security-opt=no-new-privileges",
                "--memory=4g",
                "--env=PATH=/opt/stampede/bin:/usr/bin:/bin",
                "--entrypoint=sh",
                training,
                "-c",
                commands);

        assertThat(result.succeeded()).contains("--push-gateway", "wrote report/report.html");
        assertThat(result.err()).doesNotContain("logback");
    }

    @Test
    void theTrainingImageIsOneForAJob() {
        assertThat(Podman.run("run", "--rm", "--network=none", "--entrypoint", "id", training, "-u"))
                .isEqualTo("10001");
        assertThat(Podman.run("image", "inspect", "--format", "{{.HealthCheck}}", training))
                .doesNotContain("stampede health");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shipsOnlyLibrariesOfItsBillOfMaterialsUnderLicencesThatAllowIt(boolean ofTraining) throws IOException {
        String image = ofTraining ? training : ImageSystemTest.image;
        String text = Podman.run(
                "run", "--rm", "--network=none", "--entrypoint", "cat", image, "/opt/stampede/sbom.cdx.json");
        Set<String> listed = new HashSet<>();
        for (JsonNode component : new ObjectMapper().readTree(text).path("components")) {
            Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
            listed.add(component.path("name").asText() + "-"
                    + component.path("version").asText()
                    + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar");
            assertThat(licences(component)).as("%s", component.path("purl")).containsAnyElementsOf(ALLOWED);
        }

        String jars = Podman.run("run", "--rm", "--network=none", "--entrypoint", "ls", image, "/opt/stampede/lib");
        assertThat(jars.lines().filter(file -> file.endsWith(".jar")))
                .isNotEmpty()
                .allMatch(jar -> listed.contains(jar) || jar.startsWith("stampede-"));
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        component.path("licenses").forEach(entry -> {
            JsonNode licence = entry.path("license");
            licences.add(licence.path("id").asText(licence.path("name").asText()));
        });
        return licences;
    }
}
