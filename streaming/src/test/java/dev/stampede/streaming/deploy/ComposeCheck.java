package dev.stampede.streaming.deploy;

import dev.stampede.streaming.command.CommandNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks deploy/compose.yaml, with the files that it mounts. */
final class ComposeCheck {
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");
    private static final Set<String> RESTARTS = Set.of("no", "always", "on-failure", "unless-stopped");
    private static final Pattern PINNED = Pattern.compile(".+@sha256:[0-9a-f]{64}");
    private static final Pattern DURATION = Pattern.compile("\\d+s");

    private final DeployCheck check;

    ComposeCheck(DeployCheck check) {
        this.check = check;
    }

    void read(Path file) throws IOException {
        Compose compose = Strict.read(file, Compose.class);
        String ours = "stampede:" + check.version();
        for (Map.Entry<String, Compose.Service> named : compose.services().entrySet()) {
            Compose.Service service = named.getValue();
            boolean isOurs = service.image().equals(ours);
            check.require(
                    file, isOurs || PINNED.matcher(service.image()).matches(), service.image() + " is not pinned");
            files(file, service);
            dependencies(file, compose, service);
            bounds(file, service);
            if (isOurs) {
                ours(file, service);
            }
        }
        agreement(file, compose);
    }

    private void files(Path file, Compose.Service service) {
        for (String volume : service.volumes()) {
            String[] parts = volume.split(":", -1);
            check.require(file, parts.length == 3 && parts[2].equals("ro"), volume + " is not SOURCE:TARGET:ro");
            check.requireFile(file, file.resolveSibling(parts[0]));
        }
        if (service.build() != null) {
            Path context = file.resolveSibling(service.build().context());
            check.requireFile(file, context.resolve(service.build().dockerfile()));
        }
    }

    private void dependencies(Path file, Compose compose, Compose.Service service) {
        if (service.dependsOn() == null) {
            return;
        }
        Set<String> names = new TreeSet<>();
        if (service.dependsOn().isArray()) {
            service.dependsOn().forEach(name -> names.add(name.asText()));
        } else {
            service.dependsOn().properties().forEach(entry -> {
                names.add(entry.getKey());
                String condition = entry.getValue().path("condition").asText();
                check.require(file, CONDITIONS.contains(condition), "there is no condition " + condition);
            });
        }
        names.forEach(name -> check.require(file, compose.services().containsKey(name), "there is no service " + name));
    }

    private void bounds(Path file, Compose.Service service) {
        if (service.restart() != null) {
            check.require(file, RESTARTS.contains(service.restart()), "there is no restart " + service.restart());
        }
        if (service.memLimit() != null) {
            check.require(file, service.memLimit().matches("\\d+[kmg]"), service.memLimit() + " is no size");
        }
        Compose.Healthcheck health = service.healthcheck();
        if (health != null && !health.disable()) {
            check.require(file, health.test().get(0).equals("CMD"), "a health check that is no CMD");
            check.require(file, DURATION.matcher(health.interval()).matches(), health.interval() + " is no duration");
            check.require(file, DURATION.matcher(health.timeout()).matches(), health.timeout() + " is no duration");
        }
    }

    private void ours(Path file, Compose.Service service) {
        String command = service.command().get(0);
        check.require(file, CommandNames.all().contains(command), "there is no command " + command);
        check.require(file, service.readOnly(), "the root is writable");
        check.require(file, service.capDrop().equals(List.of("ALL")), "capabilities are left");
    }

    private void agreement(Path file, Compose compose) throws IOException {
        Map<String, String> settings = check.settings(check.deploy().resolve("stampede.properties"));
        Compose.Service stream = compose.services().get("stampede");
        check.requireVariables(file, settings, stream.environment());
        check.requireTimeout(
                file,
                settings,
                Duration.ofSeconds(Long.parseLong(stream.stopGracePeriod().replace("s", ""))));
        String target = stream.volumes().get(0).split(":", -1)[1];
        check.require(file, stream.command().contains(target), "the settings are mounted elsewhere than " + target);
        String port = settings.get("http.port");
        check.require(file, stream.ports().get(0).endsWith(":" + port), "the stream's port is not " + port);
        String broker = stream.environment().get("STAMPEDE_BOOTSTRAP_SERVERS");
        Compose.Service alerts = compose.services().get("alerts");
        check.require(file, alerts.command().contains(broker), "alerts go to another broker than " + broker);
        String topic = settings.get("topic.alerts");
        check.require(file, alerts.command().contains(topic), "alerts go to another topic than " + topic);
        String advertised = compose.services().get("kafka").environment().get("KAFKA_ADVERTISED_LISTENERS");
        check.require(file, ("PLAINTEXT://" + broker).equals(advertised), "the broker does not call itself " + broker);
        Path scrapes = check.deploy().resolve("prometheus/compose.yml");
        String scraped = Strict.tree(scrapes)
                .at("/scrape_configs/0/static_configs/0/targets/0")
                .asText();
        check.require(scrapes, scraped.equals("stampede:" + port), "it scrapes " + scraped);
    }
}
