package dev.stampede.streaming.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the unit of systemd. Where systemd-analyze is installed, a test asks it besides. */
final class UnitCheck {
    private static final Map<String, Set<String>> KEYS = Map.of(
            "Unit",
            Set.of("Description", "Documentation", "Wants", "After", "StartLimitIntervalSec", "StartLimitBurst"),
            "Service",
            Set.of(("Type ExecStart Environment EnvironmentFile Restart RestartSec RestartPreventExitStatus"
                            + " SuccessExitStatus TimeoutStopSec MemoryMax DynamicUser NoNewPrivileges"
                            + " CapabilityBoundingSet AmbientCapabilities ProtectSystem ProtectHome ProtectClock"
                            + " ProtectHostname ProtectControlGroups ProtectKernelLogs ProtectKernelModules"
                            + " ProtectKernelTunables ProtectProc PrivateTmp PrivateDevices PrivateUsers"
                            + " RestrictAddressFamilies RestrictNamespaces RestrictRealtime RestrictSUIDSGID"
                            + " LockPersonality RemoveIPC SystemCallArchitectures SystemCallFilter"
                            + " SystemCallErrorNumber UMask TimeoutStartSec Nice User StateDirectory StateDirectoryMode")
                    .split(" ")),
            "Timer",
            Set.of("OnCalendar", "RandomizedDelaySec", "Persistent"),
            "Install",
            Set.of("WantedBy"));

    private final DeployCheck check;

    UnitCheck(DeployCheck check) {
        this.check = check;
    }

    void read(Path file) throws IOException {
        String section = "";
        List<String> observed = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
                check.require(file, KEYS.containsKey(section), "there is no section " + section);
                continue;
            }
            String key = line.substring(0, Math.max(0, line.indexOf('=')));
            check.require(
                    file, KEYS.getOrDefault(section, Set.of()).contains(key), "unknown in " + section + ": " + line);
            observed.add(key);
            value(file, key, line.substring(key.length() + 1));
        }
        for (String key : required(file)) {
            check.require(file, observed.contains(key), "it lacks " + key);
        }
    }

    private static List<String> required(Path file) {
        return switch (String.valueOf(file.getFileName())) {
            case "stampede.service" ->
                List.of("NoNewPrivileges", "ProtectSystem", "Restart", "ExecStart", "TimeoutStopSec");
            case "stampede-retraining.service" ->
                List.of("NoNewPrivileges", "ProtectSystem", "Restart", "ExecStart", "StateDirectory");
            default -> List.of("OnCalendar", "Persistent", "WantedBy");
        };
    }

    private void value(Path file, String key, String value) throws IOException {
        if (key.equals("TimeoutStopSec")) {
            Map<String, String> settings = check.settings(check.deploy().resolve("stampede.properties"));
            check.requireTimeout(file, settings, Duration.ofSeconds(Long.parseLong(value.replace("s", ""))));
        } else if (key.equals("ExecStart")) {
            String[] description = value.split(" ", -1);
            check.require(file, description[0].equals("/opt/stampede/bin/stampede"), "it starts " + description[0]);
            check.requireCommand(file, description[1]);
            check.require(
                    file,
                    description[3].equals("/etc/stampede/stampede.properties"),
                    "the settings are " + description[3]);
        } else if (key.equals("Environment")) {
            String[] assigned = value.replace("\"", "").split("=", 2);
            check.requireVariables(file, Map.of(), Map.of(assigned[0], assigned[1]));
        }
    }
}
