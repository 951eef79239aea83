package dev.stampede.systemtests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Deployment of {@code deploy/kubernetes}, run as pods of podman. */
@Tag("system")
class KubernetesSystemTest {
    private static final int PARTITIONS = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static String image = "";
    private static LocalBroker broker;

    @BeforeAll
    static void start() throws IOException {
        image = Images.stampede();
        assertThat(image).endsWith(":" + KubernetesPod.tag());
        broker = LocalBroker.open(folder.resolve("broker"));
        broker.createTopics(PARTITIONS, List.of("alerts", "classifications", "dead-letters", "shadow-classifications"));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static KubernetesPod pod(String name, String tagged, Map<String, String> files, String... settings) {
        Map<String, String> all = new TreeMap<>(Map.of("bootstrap.servers", broker.address(), "topic.models", ""));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return KubernetesPod.start(folder, "stampede-test-" + name, tagged, EmbeddedBroker.freePort(0), all, files);
    }

    private static void awaitReady(KubernetesPod pod) {
        Polling.await(() -> pod.passes(pod.readiness()), () -> Podman.logs(pod.container()));
    }

    @Test
    void passesItsProbesWithinItsLimitsAndEndsWithinItsGracePeriod() {
        try (KubernetesPod pod = pod(
                "probes",
                image,
                Map.of("token", "a-token-of-thirty-two-characters"),
                "http.token-file",
                "/run/secrets/stampede/token")) {
            Polling.await(() -> pod.passes(pod.startup()), () -> Podman.logs(pod.container()));
            awaitReady(pod);

            assertThat(pod.passes(pod.liveness())).isTrue();
            assertThat(pod.status("/metrics"))
                    .as("the token of the Secret is required")
                    .isEqualTo(401);
            assertThat(Podman.inspect(pod.container(), ".HostConfig.ReadonlyRootfs"))
                    .isEqualTo("true");
            assertThat(Podman.inspect(pod.container(), ".HostConfig.Memory")).isEqualTo(String.valueOf(2L << 30));
            assertThat(Podman.inspect(pod.container(), ".EffectiveCaps")).isEqualTo("[]");
            assertThat(Podman.inspect(pod.container(), ".Config.User")).isEqualTo("10001:10001");
            assertThat(pod.terminate()).isZero();
        }
    }

    @Test
    void namesTheFileOfASecretThatIsAbsent() {
        try (KubernetesPod pod = pod("files", image, Map.of(), "http.token-file", "/run/secrets/stampede/token")) {
            Polling.await(() -> Podman.logs(pod.container()).contains("Cannot read the HTTP token"));
        }
    }

    @Test
    void namesTheVariableOfASecretThatIsAbsent() {
        try (KubernetesPod pod = pod(
                "variables",
                image,
                Map.of(),
                "kafka.security.protocol",
                "SASL_PLAINTEXT",
                "kafka.sasl.mechanism",
                "SCRAM-SHA-512")) {
            Polling.await(
                    () -> Podman.logs(pod.container()).contains("set STAMPEDE_KAFKA_SASL_JAAS_CONFIG"),
                    () -> Podman.logs(pod.container()));
        }
    }

    @Test
    void readsVariablesOfASecretAndDoesNotPrintThem() throws IOException {
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"hush\";";
        Path data = Files.writeString(
                folder.resolve("variables.json"),
                "{\"STAMPEDE_KAFKA_SASL_JAAS_CONFIG\":\""
                        + Base64.getEncoder().encodeToString(jaas.getBytes(UTF_8))
                        + "\"}");
        Podman.run("secret", "create", "stampede-kafka", data.toString());
        try (KubernetesPod pod = pod("environment", image, Map.of())) {
            awaitReady(pod);

            assertThat(Podman.logs(pod.container()))
                    .contains("kafka.sasl.jaas.config=[hidden]")
                    .doesNotContain("hush");
        } finally {
            Podman.run("secret", "rm", "stampede-kafka");
        }
    }

    @Test
    void aRollingUpdateLosesAndRepeatsNoAlert() throws Exception {
        String next = image + "-next";
        Podman.run("tag", image, next);
        try (StampModel model = StampModel.open(ModelFile.shipped());
                TestedFormat format = TestedFormat.open(RecordFormat.OCF)) {
            ExpectedOutcomes expected = ExpectedOutcomes.of(model, format);
            try (KubernetesPod before = pod("before", image, Map.of())) {
                awaitReady(before);
                try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), expected, PARTITIONS);
                        NumberedProducer feed = NumberedProducer.start(broker.address(), 200, expected::value)) {
                    assertThat(outcomes.await(500, TIMEOUT)).isTrue();
                    // maxSurge 1, maxUnavailable 0: the new pod is ready before the old one is terminated.
                    try (KubernetesPod after = pod("after", next, Map.of())) {
                        awaitReady(after);
                        assertThat(before.terminate()).isZero();
                        assertThat(outcomes.await(outcomes.distinct() + 1000, TIMEOUT))
                                .isTrue();
                        outcomes.await(feed.finish(2000), TIMEOUT);
                        assertThat(after.terminate()).isZero();
                    }
                    outcomes.finish();
                    ConservationResult result = ConservationResult.exactlyOnce(feed, outcomes, PARTITIONS);
                    assertThat(result.isKept()).as("%s", result).isTrue();
                }
            }
        } finally {
            Podman.run("untag", next, next);
        }
    }
}
