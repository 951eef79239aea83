package dev.stampede.streaming.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checks what Grafana is given at its start in deploy/compose.yaml. */
final class GrafanaCheck {
    private final DeployCheck check;

    GrafanaCheck(DeployCheck check) {
        this.check = check;
    }

    record Sources(int apiVersion, List<Source> datasources) {}

    record Source(String name, String type, String access, String url, boolean isDefault) {}

    record Providers(int apiVersion, List<Provider> providers) {}

    record Provider(String name, String type, Options options) {}

    record Options(String path) {}

    void read(Path folder) throws IOException {
        Compose compose = Strict.read(check.deploy().resolve("compose.yaml"), Compose.class);
        Path sources = folder.resolve("datasources/prometheus.yaml");
        Source source = Strict.read(sources, Sources.class).datasources().get(0);
        String host = source.url().replaceAll("http://([^:]+):9090", "$1");
        check.require(sources, compose.services().containsKey(host), "there is no service " + host);
        check.require(
                sources, source.type().equals("prometheus") && source.access().equals("proxy"), "its type or access");
        Path providers = folder.resolve("dashboards/stampede.yaml");
        Provider provider = Strict.read(providers, Providers.class).providers().get(0);
        check.require(providers, provider.type().equals("file"), "there is no type " + provider.type());
        List<String> volumes = compose.services().get("grafana").volumes();
        for (String dashboard : List.of("operators.json", "scientists.json")) {
            String volume = "./grafana/" + dashboard + ":" + provider.options().path() + "/" + dashboard + ":ro";
            check.require(providers, volumes.contains(volume), "deploy/compose.yaml does not mount " + volume);
        }
    }
}
