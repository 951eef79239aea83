package dev.stampede.systemtests.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stampede.streaming.deploy.Strict;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A pod of the Deployment in {@code deploy/kubernetes/cpu}, with its ConfigMap and the files of its Secret, run by podman.
 *
 * <p>The Deployment is rendered as kustomize does, with the changes that podman requires: the network of this machine, so
 * that brokers of the test can be reached; probes are read but asked by the test, since podman runs them with a curl inside
 * the container; an optional Secret that is absent is an empty folder, as the kubelet makes it.
 */
final class KubernetesPod implements AutoCloseable {
    private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final String name;
    private final int port;
    private final Container container;
    private final PodSpec pod;
    private final Path file;

    private KubernetesPod(String name, int port, Container container, PodSpec pod, Path file) {
        this.name = name;
        this.port = port;
        this.container = container;
        this.pod = pod;
        this.file = file;
    }

    /**
     * Starts a pod.
     *
     * @param name of the Deployment
     * @param image with its tag
     * @param port of its HTTP server
     * @param settings override those of the ConfigMap
     * @param files of the Secret {@code stampede-files}; none if it is absent
     */
    static KubernetesPod start(
            Path folder, String name, String image, int port, Map<String, String> settings, Map<String, String> files) {
        try {
            Deployment deployment = Strict.read(FOLDER.resolve("base/deployment.yaml"), Deployment.class);
            deployment.getMetadata().setName(name);
            deployment.getSpec().setReplicas(1);
            label(deployment);
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            Container container = pod.getContainers().get(0);
            container.setImage(image);
            Container declared = YAML.convertValue(container, Container.class);
            container.setStartupProbe(null);
            container.setLivenessProbe(null);
            container.setReadinessProbe(null);
            container.setPorts(List.of());
            pod.setHostNetwork(true);
            resolveVolumes(name, pod, !files.isEmpty());
            String text = YAML.writeValueAsString(configMap(name, port, settings))
                    + YAML.writeValueAsString(secret(name, files))
                    + YAML.writeValueAsString(deployment);
            KubernetesPod started = new KubernetesPod(
                    name, port, declared, pod, Files.writeString(folder.resolve(name + ".yaml"), text));
            started.close();
            Podman.run("play", "kube", started.file.toString());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot render the manifests of " + FOLDER, e);
        }
    }

    private static void label(Deployment deployment) throws IOException {
        JsonNode pairs = Strict.tree(FOLDER.resolve("base/kustomization.yaml")).at("/labels/0/pairs");
        Map<String, String> labels = new TreeMap<>();
        pairs.properties()
                .forEach(pair -> labels.put(pair.getKey(), pair.getValue().asText()));
        deployment.getMetadata().setLabels(labels);
        deployment.getSpec().setSelector(new LabelSelector(List.of(), labels));
        deployment
                .getSpec()
                .getTemplate()
                .setMetadata(new ObjectMetaBuilder().withLabels(labels).build());
    }

    /** Volumes of podman are known by their name on the whole machine, so each pod has its own. */
    private static void resolveVolumes(String name, PodSpec pod, boolean hasFiles) {
        for (Volume volume : pod.getVolumes()) {
            String own = name + "-" + volume.getName();
            pod.getContainers().get(0).getVolumeMounts().stream()
                    .filter(mount -> mount.getName().equals(volume.getName()))
                    .forEach(mount -> mount.setName(own));
            volume.setName(own);
            if (volume.getConfigMap() != null) {
                volume.getConfigMap().setName(name);
            }
            if (volume.getSecret() != null && hasFiles) {
                volume.getSecret().setSecretName(name);
                volume.getSecret().setOptional(false);
            } else if (volume.getSecret() != null) {
                volume.setSecret(null);
                volume.setEmptyDir(new EmptyDirVolumeSource());
            }
        }
    }

    private static ConfigMap configMap(String name, int port, Map<String, String> settings) throws IOException {
        String overrides = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData(
                        "stampede.properties",
                        Files.readString(FOLDER.resolve("base/stampede.properties")) + "http.port=" + port + "\n"
                                + overrides)
                .build();
    }

    private static Secret secret(String name, Map<String, String> files) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(files.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                file -> Base64.getEncoder()
                                        .encodeToString(file.getValue().getBytes(UTF_8)))))
                .build();
    }

    /** The tag that the overlay {@code cpu} gives the image. */
    static String tag() throws IOException {
        JsonNode kustomization = Strict.tree(FOLDER.resolve("cpu/kustomization.yaml"));
        return kustomization.at("/images/0/newTag").asText();
    }

    /** The container of podman. */
    String container() {
        return name + "-pod-0-stampede";
    }

    /** Whether a probe of the Deployment succeeds, as the kubelet asks it. */
    boolean passes(Probe probe) {
        return status(probe.getHttpGet().getPath()) / 100 == 2;
    }

    Probe startup() {
        return container.getStartupProbe();
    }

    Probe liveness() {
        return container.getLivenessProbe();
    }

    Probe readiness() {
        return container.getReadinessProbe();
    }

    /** The status of a response; 0 without a response. */
    int status(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Sends SIGTERM, and SIGKILL after the termination grace period; returns the exit code. */
    int terminate() {
        Podman.run("stop", "--time=" + pod.getTerminationGracePeriodSeconds(), container());
        return Integer.parseInt(Podman.inspect(container(), ".State.ExitCode"));
    }

    @Override
    public void close() {
        Podman.result("play", "kube", "--down", file.toString());
        Podman.result("pod", "rm", "--force", "--time=0", name + "-pod-0");
        Podman.result("secret", "rm", name);
        pod.getVolumes().forEach(volume -> Podman.result("volume", "rm", "--force", volume.getName()));
        Podman.result("volume", "rm", "--force", name);
    }
}
