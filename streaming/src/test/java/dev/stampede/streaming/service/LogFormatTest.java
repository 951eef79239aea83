package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormatTest {
    /** A logger of its own, so that the log of the tests stays as it is. */
    private static LoggerContext textInto(Path file) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern("%level %msg%n");
        text.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(text);
        appender.setFile(file.toString());
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return context;
    }

    @Test
    void textHasNoControlCharactersOfForeignText() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        OutputStreamAppender<ILoggingEvent> appender = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        appender.setOutputStream(log);
        context.getLogger("stream")
                .atWarn()
                .addKeyValue("id", "\033[31m\nforged")
                .setCause(new IllegalStateException("\u009b\u202e"))
                .log("é\r");
        context.stop();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("stream: é? id=\"?[31m?forged\"", "IllegalStateException: ??")
                .doesNotContain("\033", "\r", "\u009b", "\u202e", "\nforged");
    }

    @Test
    void jsonIsOneObjectALineEvenOfLinesAndCauses(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("stream.log");
        LoggerContext context = textInto(file);
        context.getLogger("stream").warn("as text");
        LogFormat.json(context);
        context.getLogger("stream").warn("two\nlines of \"{}\"", "words");
        context.getLogger("stream").error("it failed", new IllegalStateException("the cause"));
        context.stop();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).first().isEqualTo("WARN as text");
        JsonNode description = new ObjectMapper().readTree(lines.get(1));
        assertThat(description.get("level").asText()).isEqualTo("WARN");
        assertThat(description.get("loggerName").asText()).isEqualTo("stream");
        assertThat(description.get("message").asText()).isEqualTo("two\nlines of \"{}\"");
        assertThat(description.get("arguments").get(0).asText()).isEqualTo("words");
        JsonNode failed = new ObjectMapper().readTree(lines.get(2));
        assertThat(failed.get("throwable").get("message").asText()).isEqualTo("the cause");
    }
}
