package dev.stampede.stamps.fits;

/** Bytes are not a FITS image that can be read, or one beyond the bounds; the message says what is wrong. */
public final class FitsFormatException extends RuntimeException {
    FitsFormatException(String message) {
        super(message);
    }

    FitsFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
