package dev.stampede.streaming.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Hides the warnings of a class until it is closed, for a program that causes them on purpose. */
public final class HiddenLogger implements AutoCloseable {
    private final @Nullable Logger logger;
    private final @Nullable Level before;

    private HiddenLogger(@Nullable Logger logger) {
        this.logger = logger;
        before = logger == null ? null : logger.getLevel();
    }

    /** Hides the warnings of {@code source}. */
    public static HiddenLogger of(Class<?> source) {
        Logger logger = LoggerFactory.getLogger(source) instanceof Logger found ? found : null;
        HiddenLogger hidden = new HiddenLogger(logger);
        if (logger != null) {
            logger.setLevel(Level.ERROR);
        }
        return hidden;
    }

    @Override
    public void close() {
        if (logger != null) {
            logger.setLevel(before);
        }
    }
}
