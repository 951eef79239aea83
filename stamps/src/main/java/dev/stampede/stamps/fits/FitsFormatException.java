package dev.stampede.stamps.fits;

/** The bytes are not a readable FITS image, or one above the limits; the message says what is wrong. */
public final class FitsFormatException extends RuntimeException {
    FitsFormatException(String message) {
        super(message);
    }

    FitsFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
