package dev.stampede.systemtests.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.stamps.ExternalProgram;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.deploy.Compose;
import dev.stampede.streaming.deploy.Strict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services of {@code deploy/compose.yaml} in one pod: its containers share a network, in which the name of each
 * service is the loopback address. Kafka is the broker of the distribution, because its image may not be reachable and
 * listens on the loopback address only; Prometheus is that of Debian; Grafana is not started.
 */
final class ComposeStack implements AutoCloseable {
    private static final Path FILE = Path.of("..", "deploy", "compose.yaml");
    private static final String POD = "stampede-test-compose";
    private static final String DATA = POD + "-kafka";
    private static final String BROKER = "kafka";
    private static final List<String> LEFT_OUT = List.of("grafana");

    private final Compose compose;
    private final Map<String, String> images;

    private ComposeStack(Compose compose, Map<String, String> images) {
        this.compose = compose;
        this.images = images;
    }

    /** Starts all services, each as soon as those are healthy that it depends on. */
    static ComposeStack start() throws IOException {
        String ours = Images.stampede();
        ComposeStack stack = new ComposeStack(
                Strict.read(FILE, Compose.class),
                Map.of(BROKER, ours, "stampede", ours, "alerts", ours, "prometheus", Images.prometheus()));
        stack.close();
        List<String> pod = new ArrayList<>(List.of("pod", "create", "--name", POD));
        stack.compose.services().keySet().forEach(name -> pod.add("--add-host=" + name + ":127.0.0.1"));
        boolean isStarted = false;
        try {
            Podman.run(pod);
            // Jackson keeps the order of the file, in which a service follows those it depends on.
            for (String name : stack.compose.services().keySet()) {
                if (!LEFT_OUT.contains(name)) {
                    stack.run(name, stack.service(name));
                }
            }
            isStarted = true;
            return stack;
        } finally {
            if (!isStarted) { // also if a health check failed, which is an AssertionError
                stack.close();
            }
        }
    }

    Compose.Service service(String name) {
        return Optional.ofNullable(compose.services().get(name)).orElseThrow();
    }

    /** The name of a service's container. */
    static String container(String service) {
        return POD + "-" + service;
    }

    /** The address of the pod, under which this machine reaches its services. */
    String address() {
        return Podman.inspect(
                Podman.run("pod", "inspect", "--format", "{{.InfraContainerID}}", POD),
                "range .NetworkSettings.Networks}}{{.IPAddress}}{{end");
    }

    private void run(String name, Compose.Service service) {
        if (service.dependsOn() != null && service.dependsOn().isObject()) {
            service.dependsOn().properties().forEach(entry -> await(entry.getKey(), entry.getValue()));
        }
        List<String> command = new ArrayList<>(
                List.of("run", "--detach", "--pod", POD, "--name", container(name), "--read-only-tmpfs=false"));
        command.addAll(options(service));
        command.addAll(
                name.equals(BROKER)
                        ? List.of("--volume=" + DATA + ":/data:U", images.get(name), "broker", "--dir", "/data/broker")
                        : concat(List.of(String.valueOf(images.get(name))), service.command()));
        Podman.run(command);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** A service as options of podman. */
    private static List<String> options(Compose.Service service) {
        List<String> options = new ArrayList<>();
        service.environment().forEach((key, value) -> options.add("--env=" + key + "=" + value));
        service.volumes().forEach(volume -> {
            String[] parts = volume.split(":", 2);
            options.add(
                    "--volume=" + FILE.resolveSibling(parts[0]).toAbsolutePath().normalize() + ":" + parts[1]);
        });
        service.tmpfs().forEach(tmpfs -> options.add("--tmpfs=" + tmpfs));
        service.capDrop().forEach(capability -> options.add("--cap-drop=" + capability));
        service.securityOpt().forEach(option -> options.add("--security-opt=" + option));
        if (service.readOnly()) {
            options.add("--read-only");
        }
        if (service.memLimit() != null) {
            options.add("--memory=" + service.memLimit());
        }
        if (service.restart() != null) {
            options.add("--restart=" + service.restart());
        }
        if (service.stopGracePeriod() != null) {
            options.add("--stop-timeout=" + service.stopGracePeriod().replace("s", ""));
        }
        if (service.healthcheck() != null && service.healthcheck().disable()) {
            options.add("--no-healthcheck");
        }
        return options;
    }

    private void await(String name, JsonNode dependency) {
        if (dependency.path("condition").asText().equals("service_healthy")) {
            Polling.await(() -> isHealthy(name), () -> name + " is not healthy: " + Podman.logs(container(name)));
        }
    }

    /** Runs the health check of a service; that of Kafka's image is the message of the broker instead. */
    boolean isHealthy(String name) {
        return name.equals(BROKER)
                ? Podman.logs(container(name)).contains("Broker 127.0.0.1:9092")
                : Podman.result("healthcheck", "run", container(name)).exitCode() == 0;
    }

    /** Runs a command of the image in the container of a service. */
    static ExternalProgram.Result execute(String service, String... command) {
        List<String> arguments = new ArrayList<>(List.of("exec", container(service), "stampede"));
        arguments.addAll(Arrays.asList(command));
        return Podman.result(arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        Podman.result("pod", "rm", "--force", "--time=0", POD);
        Podman.result("volume", "rm", "--force", DATA);
    }
}
