package dev.stampede.streaming.deploy;

import dev.stampede.streaming.command.CommandNames;
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
                            + " SystemCallErrorNumber UMask")
                    .split(" ")),
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
        for (String key : List.of("NoNewPrivileges", "ProtectSystem", "TimeoutStopSec", "Restart", "ExecStart")) {
            check.require(file, observed.contains(key), "it lacks " + key);
        }
    }

    private void value(Path file, String key, String value) {
        if (key.equals("TimeoutStopSec")) {
            Map<String, String> settings = check.settings(check.deploy().resolve("stampede.properties"));
            check.requireTimeout(file, settings, Duration.ofSeconds(Long.parseLong(value.replace("s", ""))));
        } else if (key.equals("ExecStart")) {
            String[] description = value.split(" ", -1);
            check.require(file, description[0].equals("/opt/stampede/bin/stampede"), "it starts " + description[0]);
            check.require(file, CommandNames.all().contains(description[1]), "there is no command " + description[1]);
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
