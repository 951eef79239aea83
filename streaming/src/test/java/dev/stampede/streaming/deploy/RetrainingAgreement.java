package dev.stampede.streaming.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares deploy/kubernetes/retraining with the stream whose settings and Secrets it uses. */
final class RetrainingAgreement {
    private final DeployCheck check;
    private final Path folder;
    private final Path kubernetes;

    RetrainingAgreement(DeployCheck check, Path kubernetes) {
        this.check = check;
        this.kubernetes = kubernetes;
        this.folder = kubernetes.resolve("retraining");
    }

    void compare() throws IOException {
        Path file = folder.resolve("cronjob.yaml");
        CronJob job = Strict.read(file, CronJob.class);
        JobSpec spec = job.getSpec().getJobTemplate().getSpec();
        PodTemplateSpec template = spec.getTemplate();
        PodSpec pod = template.getSpec();
        Container container = pod.getContainers().get(0);
        check.require(file, job.getSpec().getConcurrencyPolicy().equals("Forbid"), "two jobs may run at once");
        check.require(file, job.getSpec().getSchedule().matches("(\\S+ ){4}\\S+"), "its schedule");
        check.require(file, pod.getRestartPolicy().equals("Never"), "a failure policy needs restartPolicy Never");
        check.require(
                file,
                spec.getPodFailurePolicy().getRules().stream()
                        .filter(rule -> rule.getOnExitCodes() != null)
                        .allMatch(
                                rule -> rule.getOnExitCodes().getContainerName().equals(container.getName())),
                "its failure policy names another container");
        container(file, pod, container);
        volumes(file, pod, container);
        network(template.getMetadata().getLabels());
    }

    private void container(Path file, PodSpec pod, Container container) throws IOException {
        check.require(file, container.getImage().equals("stampede-training"), "its image is " + container.getImage());
        check.requireCommand(file, container.getArgs().get(0));
        KubernetesAgreement.requireSecured(check, file, pod, container);
        check.require(file, container.getResources().getLimits().containsKey("memory"), "it has no memory limit");
        check.require(
                file,
                pod.getSecurityContext()
                        .getFsGroup()
                        .equals(pod.getSecurityContext().getRunAsGroup()),
                "its group cannot write the volume");
    }

    private void volumes(Path file, PodSpec pod, Container container) throws IOException {
        Map<String, String> mounts = container.getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
        check.require(
                file,
                mounts.keySet()
                        .equals(pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet())),
                "its mounts " + mounts.keySet() + " are not its volumes");
        check.require(file, container.getArgs().contains("--state=" + mounts.get("state")), "its state is elsewhere");
        check.require(
                file,
                container.getArgs().contains("--config=" + mounts.get("settings") + "/stampede.properties"),
                "its settings are elsewhere");
        Map<String, Volume> volumes =
                pod.getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
        Deployment stream = Strict.read(kubernetes.resolve("base/deployment.yaml"), Deployment.class);
        for (Volume volume : stream.getSpec().getTemplate().getSpec().getVolumes()) {
            if (!volume.getName().equals("tmp")) {
                check.require(
                        file,
                        volume.equals(volumes.get(volume.getName())),
                        "its volume " + volume.getName() + " is not that of the stream");
            }
        }
        Path storage = folder.resolve("storage.yaml");
        PersistentVolumeClaim claim = Strict.read(storage, PersistentVolumeClaim.class);
        check.require(
                storage,
                claim.getMetadata()
                        .getName()
                        .equals(volumes.get("state").getPersistentVolumeClaim().getClaimName()),
                "the job claims another volume");
    }

    private void network(Map<String, String> labels) throws IOException {
        Path file = folder.resolve("network.yaml");
        NetworkPolicy policy = Strict.read(file, NetworkPolicy.class);
        check.require(file, policy.getSpec().getPodSelector().getMatchLabels().equals(labels), "it selects other pods");
        NetworkPolicy ofStream = Strict.read(kubernetes.resolve("base/network.yaml"), NetworkPolicy.class);
        check.require(
                file,
                policy.getSpec()
                        .getEgress()
                        .subList(0, 2)
                        .equals(ofStream.getSpec().getEgress()),
                "it reaches other brokers than the stream");
    }
}
