package dev.stampede.streaming.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DeployFilesTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everyFileOfDeployIsWhatItsReaderTakes() {
        assertThat(DeployCheck.problems(ROOT)).isEmpty();
    }

    @Test
    void aCopyWithoutASlipIsFoundRight(@TempDir Path copy) throws IOException {
        copyTo(copy);
        assertThat(DeployCheck.problems(copy)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    stampede.properties | batch.max-alerts | batch.max-alert
                    stampede.properties | threads=2 | threads=0
                    compose.yaml | read_only | readonly
                    compose.yaml | service_healthy | healthy
                    compose.yaml | STAMPEDE_THREADS | STAMPEDE_THREAD
                    compose.yaml | ./prometheus/rules.yml | ./prometheus/rule.yml
                    compose.yaml | 127.0.0.1:8080:8080 | 127.0.0.1:8080:8081
                    compose.yaml | "--topic", "alerts" | "--topic", "alert"
                    compose.yaml | stop_grace_period: 40s | stop_grace_period: 10s
                    compose.yaml | produce | prodce
                    compose.yaml | stampede:0.1.0 | stampede:0.2.0
                    compose.yaml | @sha256:bff0 | @sha256:bff
                    prometheus/compose.yml | stampede:8080 | stampede:8081
                    grafana/provisioning/datasources/prometheus.yaml | http://prometheus | http://prometeus
                    grafana/provisioning/dashboards/stampede.yaml | options | option
                    docker/Dockerfile | @sha256:882 | :882
                    docker/Dockerfile | USER 10001:10001 | USER root
                    docker/Dockerfile | --from=unpacked | --from=unpaked
                    docker/Dockerfile | FROM stampede | FROM stampedo
                    docker/Dockerfile | STAMPEDE_HTTP_HOST | STAMPEDE_HTTP_HOTS
                    docker/Dockerfile | EXPOSE 8080 | EXPOSE 8081
                    docker/Dockerfile | =cuda | =cude
                    docker/Dockerfile | ${VARIANT}.tar.gz | .tar.gz
                    docker/build.sh | --target cuda | --target cude
                    docker/build.sh | "VARIANT= | "VARIANTE=
                    docker/Dockerfile.dockerignore | linux- | linux_
                    docker/Dockerfile | AS training | AS trainings
                    docker/build.sh | --target training | --target train
                    systemd/stampede.service | NoNewPrivileges=yes | NoNewPrivilege=yes
                    systemd/stampede.service | TimeoutStopSec=40s | TimeoutStopSec=20s
                    systemd/stampede.service | stampede stream | stampede steam
                    kubernetes/base/deployment.yaml | readinessProbe | readynessProbe
                    kubernetes/base/deployment.yaml | /readyz | /ready
                    kubernetes/base/deployment.yaml | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false
                    kubernetes/base/deployment.yaml | terminationGracePeriodSeconds: 40 | terminationGracePeriodSeconds: 25
                    kubernetes/base/deployment.yaml | memory: 2Gi | memory: 2GB
                    kubernetes/base/deployment.yaml | containerPort: 8080 | containerPort: 8081
                    kubernetes/base/deployment.yaml | configMap: {name: stampede} | configMap: {name: stampedo}
                    kubernetes/base/deployment.yaml | ScheduleAnyway | ScheduleAnyways
                    kubernetes/base/stampede.properties | http.port | htp.port
                    kubernetes/base/kustomization.yaml | service.yaml | srvice.yaml
                    kubernetes/base/kustomization.yaml | includeSelectors | includeSelector
                    kubernetes/base/disruption.yaml | maxUnavailable | maxUnavailble
                    kubernetes/base/disruption.yaml | name: stampede} | name: stamped}
                    kubernetes/base/network.yaml | port: 9092 | port: 9093
                    kubernetes/base/network.yaml | UDP | UPD
                    kubernetes/base/network.yaml | name: stampede} | name: stamped}
                    kubernetes/base/autoscaling.yaml | topic: alerts | topic: alert
                    kubernetes/base/autoscaling.yaml | lagThreshold | lagTreshold
                    kubernetes/base/autoscaling.yaml | offsetResetPolicy: latest | offsetResetPolicy: earliest
                    kubernetes/base/monitoring.yaml | path: /metrics | path: /metric
                    kubernetes/base/service.yaml | apiVersion: v1 | apiVersion: v2
                    kubernetes/cuda/gpu.yaml | STAMPEDE_ENGINE_PROVIDER | STAMPEDE_ENGINE_PROVIDR
                    kubernetes/cuda/gpu.yaml | nvidia.com/gpu: "1" | nvidia.com/gpus: "1"
                    kubernetes/cuda/kustomization.yaml | gpu.yaml | gpus.yaml
                    kubernetes/cpu/kustomization.yaml | ../base | ../bas
                    kubernetes/retraining/kustomization.yaml | stampede-training | stampede-trainings
                    kubernetes/retraining/cronjob.yaml | concurrencyPolicy: Forbid | concurrencyPolicy: Allow
                    kubernetes/retraining/cronjob.yaml | - retraining-job | - retrain-job
                    kubernetes/retraining/cronjob.yaml | claimName: stampede-retraining | claimName: stampede-training
                    kubernetes/retraining/cronjob.yaml | --state=/var/lib | --state=/var/run
                    kubernetes/retraining/cronjob.yaml | containerName: retraining | containerName: retrain
                    kubernetes/retraining/cronjob.yaml | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false
                    kubernetes/retraining/network.yaml | port: 9092 | port: 9093
                    kubernetes/retraining/storage.yaml | accessModes | accessMode
                    systemd/stampede-retraining.service | retraining-job | retrain-job
                    systemd/stampede-retraining.service | StateDirectory= | StateDirectries=
                    systemd/stampede-retraining.timer | OnCalendar | OnCalender
                    """)
    void aSlipInAnyOfThemIsFound(String file, String right, String wrong, @TempDir Path copy) throws IOException {
        copyTo(copy);
        Path changed = copy.resolve("deploy").resolve(file);
        String text = Files.readString(changed);
        assertThat(text).contains(right);
        Files.writeString(changed, text.replace(right, wrong));
        assertThat(DeployCheck.problems(copy)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stampede.service", "stampede-retraining.service", "stampede-retraining.timer"})
    void systemdTakesTheUnit(String unit) throws Exception {
        Requirement.require(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
                "there is no systemd-analyze on this machine; Debian's package systemd has it");
        String reported = reported(
                "systemd-analyze",
                "verify",
                ROOT.resolve("deploy/systemd").resolve(unit).toString());
        assertThat(reported.lines().filter(line -> !line.contains("/opt/stampede/bin/stampede is not executable")))
                .isEmpty();
    }

    @Test
    void theLaunchersAreShell() throws Exception {
        for (String script : List.of(
                "stampede",
                "deploy/dist/stampede",
                "deploy/dist/launch.sh",
                "deploy/dist/archive-classes.sh",
                "deploy/dist/runtime.sh",
                "deploy/docker/build.sh")) {
            assertThat(reported("bash", "-n", ROOT.resolve(script).toString())).isEmpty();
        }
    }

    private static String reported(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String reported = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return reported;
    }

    private static void copyTo(Path copy) throws IOException {
        Files.copy(ROOT.resolve("pom.xml"), copy.resolve("pom.xml"));
        try (Stream<Path> tree = Files.walk(ROOT.resolve("deploy"))) {
            for (Path path : tree.toList()) {
                Files.copy(path, copy.resolve(ROOT.relativize(path)));
            }
        }
    }
}
