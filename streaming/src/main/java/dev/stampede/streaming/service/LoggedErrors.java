package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.slf4j.Logger;

/** Logs each line that is written to it, as an error: only failures print on the standard error of a service. */
final class LoggedErrors extends OutputStream {
    private final Logger log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LoggedErrors(Logger log) {
        this.log = log;
    }

    static PrintStream to(Logger log) {
        return new PrintStream(new LoggedErrors(log), true, UTF_8);
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            log();
        } else {
            line.write(value);
        }
    }

    private void log() {
        String text = line.toString(UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            log.error(text);
        }
    }

    @Override
    public synchronized void close() {
        log();
    }
}
