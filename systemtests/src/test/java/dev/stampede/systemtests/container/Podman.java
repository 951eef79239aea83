package dev.stampede.systemtests.container;

import dev.stampede.stamps.ExternalProgram;
import dev.stampede.stamps.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs podman. */
final class Podman {
    private Podman() {}

    /** Skips the running test where podman cannot start containers. */
    static void require() {
        Requirement.require(
                ExternalProgram.onPath("podman").isPresent()
                        && ExternalProgram.onPath("debootstrap").isPresent(),
                "there is no podman or no debootstrap on this machine: install Debian's packages podman, runc, catatonit and"
                        + " debootstrap (docs/reference/deployment-files.md)");
    }

    /** Runs podman; an exit code other than 0 is an error. */
    static String run(String... arguments) {
        return result(arguments).succeeded();
    }

    static String run(List<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    /** Runs podman and returns what it printed. */
    static ExternalProgram.Result result(String... arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(Arrays.asList(arguments));
        return ExternalProgram.run(command);
    }

    /** One field of what podman knows of a container, as a template of Go names it. */
    static String inspect(String container, String field) {
        return run("inspect", "--type", "container", "--format", "{{" + field + "}}", container);
    }

    /** What the processes of a container have written, to both outputs. */
    static String logs(String container) {
        ExternalProgram.Result result = result("logs", container);
        return result.out() + result.err();
    }

    /** Sends SIGKILL to the first process of a container, as the kernel does; podman's own kill would be a stop by the user. */
    static void crash(String container) {
        long pid = Long.parseLong(inspect(container, ".State.Pid"));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
