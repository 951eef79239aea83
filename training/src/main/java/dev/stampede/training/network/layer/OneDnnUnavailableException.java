package dev.stampede.training.network.layer;

/** oneDNN is not available for a layer, without which training is too slow; the message names the layer. */
public final class OneDnnUnavailableException extends RuntimeException {
    OneDnnUnavailableException(String message) {
        super(message);
    }
}
