package dev.stampede.systemtests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.deploy.Strict;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pod of the CronJob in {@code deploy/kubernetes/retraining}, run by podman: rendered with the network of this machine,
 * and with an empty folder for the Secret that is absent, as the kubelet makes it.
 */
@Tag("system")
class RetrainingPodSystemTest {
    private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
    private static final String NAME = "stampede-test-retraining";
    /** Podman keeps a ConfigMap in a volume of this name, next to that of the claim. */
    private static final String SETTINGS = NAME + "-settings";

    private static final int LABELS = 300;
    private static final int PER_SECOND = 100;
    /** A small run, whose model the gate rejects. */
    private static final List<String> SMALL =
            List.of("--min-labels=50", "--simulated=400", "--", "--epochs=1", "--max-calibration-error=0.0001");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TempDir
    private Path folder;

    private static PodSpec pod(String image) throws IOException {
        PodSpec pod = Strict.read(FOLDER.resolve("retraining/cronjob.yaml"), CronJob.class)
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec();
        pod.setHostNetwork(true);
        Container container = pod.getContainers().get(0);
        container.setImage(image);
        List<String> arguments = new ArrayList<>(container.getArgs());
        arguments.removeIf(argument -> argument.startsWith("--push-gateway="));
        arguments.addAll(SMALL);
        container.setArgs(arguments);
        for (Volume volume : pod.getVolumes()) {
            if (volume.getConfigMap() != null) {
                volume.getConfigMap().setName(SETTINGS);
            } else if (volume.getPersistentVolumeClaim() != null) {
                volume.getPersistentVolumeClaim().setClaimName(NAME);
            } else if (volume.getSecret() != null) {
                volume.setSecret(null);
                volume.setEmptyDir(new EmptyDirVolumeSource());
            }
        }
        return pod;
    }

    /** The claim, whose volume outlives the pods. */
    private Path claim() throws IOException {
        PersistentVolumeClaim claim =
                Strict.read(FOLDER.resolve("retraining/storage.yaml"), PersistentVolumeClaim.class);
        claim.getMetadata().setName(NAME);
        return Files.writeString(folder.resolve("claim.yaml"), YAML.writeValueAsString(claim));
    }

    private static String settings(String broker) throws IOException {
        return Files.readString(FOLDER.resolve("base/stampede.properties")) + "bootstrap.servers=" + broker + "\n";
    }

    /** Sends alerts, and labels of all of them with their true class. */
    private void label(String broker) throws IOException, InterruptedException {
        AlertPool pool = AlertPool.of(List.of(Plane.MEDIAN), LABELS, 5);
        try (NumberedProducer feed = NumberedProducer.start(broker, PER_SECOND, pool::value)) {
            while (feed.next() < LABELS) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        String table = IntStream.range(0, LABELS)
                .mapToObj(number -> number + "," + (pool.candidate(number).isReal() ? Truth.REAL : Truth.BOGUS))
                .collect(Collectors.joining("\n", "alert_id,verdict\n", "\n"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), table);
        try (JavaProcess sent = JavaProcess.command(
                folder, "label", "label", "--bootstrap-servers", broker, "--csv", labels.toString())) {
            assertThat(sent.awaitEnd(Duration.ofMinutes(3))).as(sent::output).isZero();
        }
    }

    private Path manifest(String broker) throws IOException {
        String text = YAML.writeValueAsString(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(SETTINGS)
                        .endMetadata()
                        .addToData("stampede.properties", settings(broker))
                        .build())
                + YAML.writeValueAsString(new PodBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withSpec(pod(Images.training()))
                        .build());
        return Files.writeString(folder.resolve("retraining.yaml"), text);
    }

    @AfterEach
    void remove() {
        Podman.result("pod", "rm", "--force", "--time=0", NAME);
        List.of(NAME, SETTINGS, "secrets", "tmp").forEach(volume -> Podman.result("volume", "rm", "--force", volume));
    }

    @Test
    void eachPodContinuesFromTheStateOfTheLastOne() throws IOException, InterruptedException {
        try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            broker.createTopics(1, List.of("alerts", "classifications", "shadow-classifications", "labels", "models"));
            label(broker.address());
            Podman.run("play", "kube", claim().toString());
            Path manifest = manifest(broker.address());
            String container = NAME + "-retraining";

            String first = run(manifest, container);
            assertThat(Podman.inspect(container, ".HostConfig.ReadonlyRootfs")).isEqualTo("true");
            assertThat(Podman.inspect(container, ".HostConfig.Memory")).isEqualTo(String.valueOf(4L << 30));
            assertThat(Podman.inspect(container, ".EffectiveCaps")).isEqualTo("[]");
            Podman.run("pod", "rm", "--force", "--time=0", NAME);
            String second = run(manifest, container);

            Path state = Path.of(Podman.run("volume", "inspect", "--format", "{{.Mountpoint}}", NAME));
            assertThat(first).contains("The gate rejected the model of run ");
            assertThat(second)
                    .as("the labels of the first run are no longer new")
                    .contains("Too few labels for a");
            assertThat(Files.readString(state.resolve("metrics.prom")))
                    .contains(
                            "stampede_retraining_succeeded 1\n", "stampede_retraining_runs{outcome=\"rejected\"} 1\n");
            assertThat(Files.readString(state.resolve("index.html"))).contains("report.html");
        }
    }

    /** Starts the pod and waits until its container has ended, with exit code 0; returns what it printed. */
    private static String run(Path manifest, String container) {
        Podman.run("play", "kube", manifest.toString());
        String exitCode = Podman.run("wait", container);
        String logs = Podman.logs(container);
        assertThat(exitCode).as(logs).isEqualTo("0");
        return logs;
    }
}
