package dev.stampede.training.network;

/** The fast implementation of a layer is not there, and the slow one is not worth a run; the message names the layer. */
public final class SlowEngineException extends RuntimeException {
    SlowEngineException(String message) {
        super(message);
    }
}
