package dev.stampede.systemtests.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stampede.streaming.deploy.Strict;
import dev.stampede.systemtests.harness.LocalBroker;
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
import java.util.List;
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
        for (Volume volume : pod.getVolumes()) {
            if (volume.getConfigMap() != null) {
                volume.getConfigMap().setName(NAME);
            } else if (volume.getPersistentVolumeClaim() != null) {
                volume.getPersistentVolumeClaim().setClaimName(NAME);
            } else if (volume.getSecret() != null) {
                volume.setSecret(null);
                volume.setEmptyDir(new EmptyDirVolumeSource());
            }
        }
        return pod;
    }

    private Path manifest(String broker) throws IOException {
        PersistentVolumeClaim claim =
                Strict.read(FOLDER.resolve("retraining/storage.yaml"), PersistentVolumeClaim.class);
        claim.getMetadata().setName(NAME);
        String settings = Files.readString(FOLDER.resolve("base/stampede.properties")) + "bootstrap.servers=" + broker;
        String text = YAML.writeValueAsString(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .addToData("stampede.properties", settings)
                        .build())
                + YAML.writeValueAsString(claim)
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
        List.of(NAME, "settings", "secrets", "state", "tmp")
                .forEach(volume -> Podman.result("volume", "rm", "--force", volume));
    }

    @Test
    void eachPodContinuesFromTheStateOfTheLastOne() throws IOException {
        try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            broker.createTopics(1, List.of("alerts", "classifications", "shadow-classifications", "labels", "models"));
            Path manifest = manifest(broker.address());
            String container = NAME + "-retraining";

            String first = run(manifest, container);
            assertThat(Podman.inspect(container, ".HostConfig.ReadonlyRootfs")).isEqualTo("true");
            assertThat(Podman.inspect(container, ".HostConfig.Memory")).isEqualTo(String.valueOf(4L << 30));
            assertThat(Podman.inspect(container, ".EffectiveCaps")).isEqualTo("[]");
            Podman.run("pod", "rm", "--force", "--time=0", NAME);
            String second = run(manifest, container);

            Path state = Path.of(Podman.run("volume", "inspect", "--format", "{{.Mountpoint}}", NAME));
            assertThat(Files.readString(state.resolve("metrics.prom"))).contains("stampede_retraining_succeeded 1\n");
            assertThat(first).contains("Too few labels for a retraining");
            assertThat(second).contains("Too few labels for a retraining");
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
