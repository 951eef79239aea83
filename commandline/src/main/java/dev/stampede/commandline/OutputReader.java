package dev.stampede.commandline;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The program that reads standard output through a pipe. A command that writes notices its end at the next write; one that
 * waits without writing has to ask.
 */
public final class OutputReader {
    /** POLLERR and POLLHUP of poll(2), the same on Linux and macOS. */
    private static final int ERROR_OR_HANGUP = 0x18;

    /**
     * Java has no public way to poll a pipe. The launcher opens this one (--add-opens java.base/sun.nio.ch); without it the
     * end of the reader is only noticed at the next write.
     */
    private static final @Nullable Method POLL = poll();

    private OutputReader() {}

    private static @Nullable Method poll() {
        try {
            Method poll = Class.forName("sun.nio.ch.Net")
                    .getDeclaredMethod("poll", FileDescriptor.class, int.class, long.class);
            poll.setAccessible(true);
            return poll;
        } catch (ReflectiveOperationException | InaccessibleObjectException notOpen) {
            return null;
        }
    }

    /** Ends the command without a message if the reader has ended; see {@link CommandRunner}. */
    public static void require() {
        if (hasEnded()) {
            throw new LostOutputException(true, new IOException("Broken pipe"));
        }
    }

    private static boolean hasEnded() {
        try {
            return POLL != null && ((int) POLL.invoke(null, FileDescriptor.out, 0, 0L) & ERROR_OR_HANGUP) != 0;
        } catch (ReflectiveOperationException unavailable) {
            return false;
        }
    }
}
