package dev.stampede.streaming.deploy;

import dev.stampede.streaming.command.CommandNames;
import dev.stampede.streaming.deploy.OperatorKinds.KafkaTrigger;
import dev.stampede.streaming.deploy.OperatorKinds.Kustomization;
import dev.stampede.streaming.deploy.OperatorKinds.ScaledObject;
import dev.stampede.streaming.deploy.OperatorKinds.ServiceMonitor;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the files of deploy/kubernetes with the settings and with each other. */
final class KubernetesAgreement {
    private final DeployCheck check;
    private final Path base;
    private final Path cuda;
    private final Map<String, String> settings;

    KubernetesAgreement(DeployCheck check, Path folder) {
        this.check = check;
        this.base = folder.resolve("base");
        this.cuda = folder.resolve("cuda");
        this.settings = check.settings(base.resolve("stampede.properties"));
    }

    void compare() throws IOException {
        Path file = base.resolve("deployment.yaml");
        Deployment deployment = Strict.read(file, Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().get(0);
        container(file, container);
        requireSecured(check, file, pod, container);
        volumes(file, pod, container);
        check.requireTimeout(file, settings, Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()));
        Path gpu = cuda.resolve("gpu.yaml");
        Deployment patch = Strict.read(gpu, Deployment.class);
        Container patched =
                patch.getSpec().getTemplate().getSpec().getContainers().get(0);
        check.require(gpu, patched.getName().equals(container.getName()), "it patches no container");
        check.require(gpu, patched.getResources().getLimits().containsKey("nvidia.com/gpu"), "it asks for no GPU");
        quantities(gpu, patched);
        check.requireVariables(
                gpu, settings, patched.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue)));
        scaling(deployment.getMetadata().getName());
        network();
        disruption();
        monitoring();
    }

    private void container(Path file, Container container) {
        check.require(file, container.getImage().equals("stampede"), "its image is " + container.getImage());
        check.require(
                file, CommandNames.all().contains(container.getArgs().get(0)), "no command " + container.getArgs());
        check.require(
                file,
                String.valueOf(container.getPorts().get(0).getContainerPort()).equals(settings.get("http.port")),
                "the port is not http.port");
        probe(file, container.getStartupProbe(), "/healthz");
        probe(file, container.getLivenessProbe(), "/healthz");
        probe(file, container.getReadinessProbe(), "/readyz");
        quantities(file, container);
    }

    private void probe(Path file, Probe probe, String path) {
        check.require(
                file,
                probe.getHttpGet().getPath().equals(path),
                "a probe asks " + probe.getHttpGet().getPath());
        check.require(file, "http".equals(probe.getHttpGet().getPort().getStrVal()), "a probe asks another port");
    }

    private void quantities(Path file, Container container) {
        Stream.of(
                        container.getResources().getRequests(),
                        container.getResources().getLimits())
                .flatMap(map -> map.values().stream())
                .forEach(quantity -> check.require(file, isQuantity(quantity), "no quantity: " + quantity));
    }

    private static boolean isQuantity(Quantity quantity) {
        return List.of("", "m", "Mi", "Gi").contains(quantity.getFormat());
    }

    /** Requires that a container runs without root, without writing its root, and without capabilities. */
    static void requireSecured(DeployCheck check, Path file, PodSpec pod, Container container) {
        check.require(file, Boolean.TRUE.equals(pod.getSecurityContext().getRunAsNonRoot()), "it may run as root");
        check.require(
                file,
                Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem()),
                "the root is writable");
        check.require(
                file,
                List.of("ALL")
                        .equals(container.getSecurityContext().getCapabilities().getDrop()),
                "capabilities are left");
    }

    private void volumes(Path file, PodSpec pod, Container container) throws IOException {
        List<String> names = pod.getVolumes().stream().map(Volume::getName).toList();
        container
                .getVolumeMounts()
                .forEach(mount ->
                        check.require(file, names.contains(mount.getName()), "there is no volume " + mount.getName()));
        String map = pod.getVolumes().get(0).getConfigMap().getName();
        Kustomization kustomization = Strict.read(base.resolve("kustomization.yaml"), Kustomization.class);
        OperatorKinds.Generator made = kustomization.configMapGenerator().get(0);
        check.require(file, made.name().equals(map), "no kustomization makes the ConfigMap " + map);
        String mounted = container.getVolumeMounts().get(0).getMountPath() + "/"
                + made.files().get(0);
        check.require(file, container.getArgs().contains(mounted), "the settings are mounted at " + mounted);
    }

    private void scaling(String deployment) throws IOException {
        Path file = base.resolve("autoscaling.yaml");
        ScaledObject scaled = Strict.read(file, ScaledObject.class);
        check.require(file, scaled.spec().scaleTargetRef().name().equals(deployment), "it scales no Deployment");
        check.require(file, scaled.spec().triggers().get(0).type().equals("kafka"), "its trigger");
        KafkaTrigger trigger = scaled.spec().triggers().get(0).metadata();
        agree(file, trigger.bootstrapServers(), "bootstrap.servers");
        agree(file, trigger.consumerGroup(), "application.id");
        agree(file, trigger.topic(), "topic.alerts");
        check.require(file, trigger.allowIdleConsumers().equals("false"), "it scales beyond the partitions");
        check.require(
                file,
                trigger.offsetResetPolicy().equals("latest"),
                "a first deployment would count deleted records as lag");
    }

    private void agree(Path file, String reported, String key) {
        check.require(file, reported.equals(settings.get(key)), reported + " is not " + key + "=" + settings.get(key));
    }

    private void network() throws IOException {
        Path file = base.resolve("network.yaml");
        NetworkPolicy policy = Strict.read(file, NetworkPolicy.class);
        selects(file, policy.getSpec().getPodSelector().getMatchLabels());
        agree(
                file,
                String.valueOf(policy.getSpec()
                        .getIngress()
                        .get(0)
                        .getPorts()
                        .get(0)
                        .getPort()
                        .getIntVal()),
                "http.port");
        int broker =
                policy.getSpec().getEgress().get(1).getPorts().get(0).getPort().getIntVal();
        check.require(file, settings.get("bootstrap.servers").endsWith(":" + broker), "the brokers' port is " + broker);
    }

    private void monitoring() throws IOException {
        Path file = base.resolve("service.yaml");
        ServicePort port = Strict.read(file, Service.class).getSpec().getPorts().get(0);
        agree(file, String.valueOf(port.getPort()), "http.port");
        Path monitored = base.resolve("monitoring.yaml");
        ServiceMonitor monitor = Strict.read(monitored, ServiceMonitor.class);
        check.require(monitored, monitor.spec().endpoints().get(0).port().equals(port.getName()), "its port");
        check.require(monitored, monitor.spec().endpoints().get(0).path().equals("/metrics"), "its path");
        selects(monitored, monitor.spec().selector().matchLabels());
    }

    private void disruption() throws IOException {
        Path file = base.resolve("disruption.yaml");
        LabelSelector selector =
                Strict.read(file, PodDisruptionBudget.class).getSpec().getSelector();
        selects(file, selector == null ? Map.of() : selector.getMatchLabels());
    }

    /** Kustomize adds its labels to the selectors of Deployments and Services only. */
    private void selects(Path file, Map<String, String> labels) throws IOException {
        Kustomization kustomization = Strict.read(base.resolve("kustomization.yaml"), Kustomization.class);
        check.require(
                file,
                kustomization.labels().get(0).pairs().equals(labels),
                "it selects other labels than the kustomization gives");
    }
}
