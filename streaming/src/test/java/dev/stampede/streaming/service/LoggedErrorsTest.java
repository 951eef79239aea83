package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LoggedErrorsTest {
    @Test
    void logsEachLineOnce() {
        Logger logger = new LoggerContext().getLogger("standard-error");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (PrintStream errors = LoggedErrors.to(logger)) {
            errors.println("Kafka at ü:1 does not answer");
            errors.println();
            errors.print("in ");
            errors.println("parts {}");
            errors.write("no end".getBytes(UTF_8), 0, 6);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Kafka at ü:1 does not answer", "in parts {}", "no end");
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.ERROR);
    }
}
