package dev.stampede.commandline;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends this process as soon as the one that started it has ended, however that ended: the parent holds the other end of the
 * standard input, which the operating system closes.
 */
public final class ParentWatch {
    /** The environment variable that a parent sets to {@code true} if it keeps the standard input open while it lives. */
    public static final String VARIABLE = "STAMPEDE_ENDS_WITH_INPUT";

    private ParentWatch() {}

    /** Starts to watch if the parent asks for it. */
    static void install() {
        if (Boolean.parseBoolean(System.getenv(VARIABLE))) {
            Thread thread = new Thread(ParentWatch::await, "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Halts without shutdown hooks, which would still write files. */
    private static void await() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException lost) {
            System.err.println("The standard input was lost: " + lost.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }
}
