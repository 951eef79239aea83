package dev.stampede.systemtests.harness;

import java.util.List;

/**
 * Where a process of a test runs.
 *
 * @param address the address that it listens on
 * @param launcher the start of the command that runs a program there
 */
public record ProcessHost(String address, List<String> launcher) {
    /** This machine. */
    public static final ProcessHost LOCAL = new ProcessHost("127.0.0.1", List.of());

    public ProcessHost {
        launcher = List.copyOf(launcher);
    }
}
