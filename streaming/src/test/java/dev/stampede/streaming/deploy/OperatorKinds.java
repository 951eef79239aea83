package dev.stampede.streaming.deploy;

import java.util.List;
import java.util.Map;

/** What KEDA 2, the Prometheus operator and kustomize 5 take, as far as the files of deploy use it. */
final class OperatorKinds {
    private OperatorKinds() {}

    record Metadata(String name) {}

    record ScaledObject(String apiVersion, String kind, Metadata metadata, ScaledSpec spec) {}

    record ScaledSpec(
            Metadata scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            int cooldownPeriod,
            List<Trigger> triggers) {}

    record Trigger(String type, KafkaTrigger metadata) {}

    record KafkaTrigger(
            String bootstrapServers,
            String consumerGroup,
            String topic,
            String lagThreshold,
            String offsetResetPolicy,
            String allowIdleConsumers) {}

    record ServiceMonitor(String apiVersion, String kind, Metadata metadata, MonitorSpec spec) {}

    record MonitorSpec(String jobLabel, Selector selector, List<Endpoint> endpoints) {}

    record Selector(Map<String, String> matchLabels) {}

    record Endpoint(String port, String path, String interval) {}

    record Kustomization(
            String apiVersion,
            String kind,
            String namespace,
            List<Labels> labels,
            List<String> resources,
            List<Generator> configMapGenerator,
            List<Image> images,
            List<Patch> patches) {
        Kustomization {
            labels = orNone(labels);
            resources = orNone(resources);
            configMapGenerator = orNone(configMapGenerator);
            images = orNone(images);
            patches = orNone(patches);
        }
    }

    record Labels(Map<String, String> pairs, boolean includeSelectors) {}

    record Generator(String name, List<String> files) {}

    record Image(String name, String newTag) {}

    record Patch(String path) {}

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
