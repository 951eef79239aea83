package dev.stampede.streaming.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.streaming.deploy.OperatorKinds.Kustomization;
import dev.stampede.streaming.deploy.OperatorKinds.ScaledObject;
import dev.stampede.streaming.deploy.OperatorKinds.ServiceMonitor;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks deploy/kubernetes: every file against its type, and that each is used. */
final class KubernetesCheck {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "v1 Service", Service.class,
            "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
            "batch/v1 CronJob", CronJob.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "keda.sh/v1alpha1 ScaledObject", ScaledObject.class,
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
            "kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class);

    /** The values of fields that the types hold as text. */
    private static final Map<String, Set<String>> CHOICES = Map.of(
            "protocol", Set.of("TCP", "UDP", "SCTP"),
            "concurrencyPolicy", Set.of("Allow", "Forbid", "Replace"),
            "action", Set.of("FailJob", "Ignore", "Count", "FailIndex"),
            "effect", Set.of("NoSchedule", "PreferNoSchedule", "NoExecute"),
            "operator", Set.of("Exists", "Equal", "In", "NotIn"),
            "whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway"),
            "unhealthyPodEvictionPolicy", Set.of("IfHealthyBudget", "AlwaysAllow"),
            "policyTypes", Set.of("Ingress", "Egress"),
            "offsetResetPolicy", Set.of("earliest", "latest"),
            "allowIdleConsumers", Set.of("true", "false"));

    private final DeployCheck check;

    KubernetesCheck(DeployCheck check) {
        this.check = check;
    }

    void read(Path folder) throws IOException {
        Set<Path> used = new HashSet<>();
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(".yaml")) {
                typed(file, used);
            }
        }
        for (Path file : files) {
            check.require(file, used.contains(file.normalize()), "no kustomization uses it");
        }
        new KubernetesAgreement(check, folder).compare();
        new RetrainingAgreement(check, folder).compare();
    }

    private void typed(Path file, Set<Path> used) throws IOException {
        JsonNode tree = Strict.tree(file);
        String kind = tree.path("apiVersion").asText() + " " + tree.path("kind").asText();
        Class<?> type = TYPES.get(kind);
        check.require(file, type != null, "there is no kind " + kind);
        choices(file, "", tree);
        if (type == null) {
            return;
        }
        Object read;
        try {
            read = Strict.read(file, type);
        } catch (IOException e) {
            check.require(file, false, String.valueOf(e.getMessage()));
            return;
        }
        if (read instanceof Kustomization kustomization) {
            used.add(file.normalize());
            kustomization(file, kustomization, used);
        }
    }

    private void kustomization(Path file, Kustomization kustomization, Set<Path> used) throws IOException {
        Stream<String> patches = kustomization.patches().stream().map(OperatorKinds.Patch::path);
        Stream<String> generated = kustomization.configMapGenerator().stream().flatMap(map -> map.files().stream());
        Stream.of(kustomization.resources().stream(), patches, generated)
                .flatMap(names -> names)
                .map(name -> file.resolveSibling(name).normalize())
                .forEach(named -> {
                    check.requireFile(file, named);
                    used.add(named);
                });
        for (OperatorKinds.Image image : kustomization.images()) {
            String suffix = file.getParent().endsWith("cuda") ? "-cuda" : "";
            check.require(file, image.newTag().equals(check.version() + suffix), "its tag is " + image.newTag());
            String ours = file.getParent().endsWith("retraining") ? "stampede-training" : "stampede";
            check.require(file, image.name().equals(ours), "its image is " + image.name());
        }
    }

    private void choices(Path file, String field, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(entry -> choices(file, entry.getKey(), entry.getValue()));
        } else if (node.isArray()) {
            node.forEach(element -> choices(file, field, element));
        } else if (CHOICES.containsKey(field)) {
            check.require(
                    file, CHOICES.get(field).contains(node.asText()), "there is no " + field + " " + node.asText());
        }
    }
}
