package dev.stampede.training.network.layer;

/** oneDNN cannot be loaded, without which training is too slow; the message says what to do. */
public final class OneDnnUnavailableException extends RuntimeException {
    OneDnnUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
