package dev.stampede.streaming.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A file of Docker Compose, as far as deploy/compose.yaml uses the specification. */
public record Compose(String name, Map<String, Service> services) {
    public record Service(
            String image,
            Build build,
            List<String> command,
            Map<String, String> environment,
            List<String> volumes,
            List<String> ports,
            /* A list of names, or names with conditions. */
            @JsonProperty("depends_on") JsonNode dependsOn,
            Healthcheck healthcheck,
            @JsonProperty("read_only") boolean readOnly,
            List<String> tmpfs,
            @JsonProperty("cap_drop") List<String> capDrop,
            @JsonProperty("security_opt") List<String> securityOpt,
            @JsonProperty("mem_limit") String memLimit,
            @JsonProperty("stop_grace_period") String stopGracePeriod,
            String restart) {
        public Service {
            command = command == null ? List.of() : command;
            environment = environment == null ? Map.of() : environment;
            volumes = volumes == null ? List.of() : volumes;
            ports = ports == null ? List.of() : ports;
            tmpfs = tmpfs == null ? List.of() : tmpfs;
            capDrop = capDrop == null ? List.of() : capDrop;
            securityOpt = securityOpt == null ? List.of() : securityOpt;
        }
    }

    public record Build(String context, String dockerfile) {}

    public record Healthcheck(boolean disable, List<String> test, String interval, String timeout, int retries) {}
}
