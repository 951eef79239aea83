package dev.stampede.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends this process as soon as the one that started it has ended, however that ended: the parent holds the other end of the
 * standard input, which the operating system closes.
 */
public final class ParentProcessMonitor {
    /** The environment variable that a parent sets to {@code true} if it keeps the standard input open while it lives. */
    public static final String VARIABLE = "STAMPEDE_EXIT_ON_STDIN_EOF";

    private ParentProcessMonitor() {}

    /** Starts to watch if the parent asks for it. */
    static void install() {
        if (Boolean.parseBoolean(System.getenv(VARIABLE))) {
            // Without shutdown hooks, which would still write files.
            start(System.in, () -> Runtime.getRuntime().halt(1));
        }
    }

    /** Runs {@code end} on another thread when {@code input} has ended. */
    static void start(InputStream input, Runnable end) {
        Thread thread = new Thread(() -> await(input, end), "parent-process-monitor");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(InputStream input, Runnable end) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException lost) {
            System.err.println("The standard input was lost: " + lost.getMessage());
        }
        end.run();
    }
}
