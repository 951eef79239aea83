package dev.stampede.stamps.file;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A download failed; the message is one sentence with the address and the reason. */
public final class DownloadException extends IOException {
    private final Reason reason;

    /** Why a download failed. */
    public enum Reason {
        /** The text is not an HTTP address. */
        INVALID_ADDRESS,
        /** No connection, or it broke. */
        UNREACHABLE,
        /** No complete response within the time limit. */
        TIMEOUT,
        /** The server responded with an HTTP status other than success. */
        STATUS,
        /** The server sent a web page instead of a file. */
        WEB_PAGE,
        /** The body has more bytes than allowed. */
        TOO_LARGE,
        /** The body ended before the announced number of bytes. */
        INCOMPLETE,
        /** The file cannot be written. */
        DISK,
        /** The thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED
    }

    DownloadException(Reason reason, URI address, String detail, @Nullable Throwable cause) {
        this(reason, address.toString(), detail, cause);
    }

    DownloadException(Reason reason, String address, String detail, @Nullable Throwable cause) {
        super("Cannot download " + address + ": " + detail + ".", cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
