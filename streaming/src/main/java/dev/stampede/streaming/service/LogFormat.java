package dev.stampede.streaming.service;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** The format of log lines: text, as logback.xml configures, or one JSON object per line. */
public final class LogFormat {
    private LogFormat() {}

    /**
     * Switches every appender of the root logger to JSON, and logs what this process prints on standard error: messages of
     * a command, stack traces, and what the JDK logs there.
     */
    public static void json() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // embedded in a program with another logger
        }
        json(context);
        System.setErr(LoggedErrors.to(LoggerFactory.getLogger("standard-error")));
    }

    static void json(LoggerContext context) {
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.start();
                appender.stop();
                appender.setEncoder(encoder);
                appender.start();
                if (appender instanceof ConsoleAppender<ILoggingEvent> console
                        && console.getTarget().equals("System.err")) {
                    // Not System.err, which then leads back to the log.
                    console.setOutputStream(new FileOutputStream(FileDescriptor.err));
                }
            }
        }
    }
}
