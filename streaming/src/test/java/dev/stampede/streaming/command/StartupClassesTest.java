package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which libraries a short command starts without: each costs its start tens of milliseconds. */
@Tag("slow")
class StartupClassesTest {
    @TempDir
    private Path folder;

    /** The names of the classes that a command loads. */
    private List<String> loaded(String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        Path out = folder.resolve("out.log");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:class+load:file=" + log,
                                "-cp",
                                System.getProperty("java.class.path"),
                                StampedeCommands.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        try (Stream<String> lines = Files.lines(log, UTF_8)) {
            return lines.map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "")).toList();
        }
    }

    @Test
    void aHelpTextNeedsNoKafkaNoLogAndNoEngine() throws Exception {
        assertThat(loaded("classify", "--help"))
                .anyMatch(name -> name.startsWith("dev.stampede.streaming.command.stamp.ClassifyCommand"))
                .noneMatch(
                        name -> name.matches(
                                "(org\\.apache\\.(kafka|avro)|org\\.slf4j|ch\\.qos\\.logback|ai\\.onnxruntime|com\\.fasterxml)\\..*"))
                .as("options of other commands")
                .noneMatch(name -> name.startsWith("dev.stampede.streaming.command.option.KafkaOptions"));
    }

    @Test
    void verdictsOfAnArrayNeedNoKafkaNoLogAndNoSurveys() throws Exception {
        Path array = folder.resolve("stamps.npy");
        try (NpyWriter writer = NpyWriter.create(array, 21, 21)) {
            writer.write(new float[21 * 21], 0, 1);
        }

        assertThat(loaded("classify", array.toString()))
                .anyMatch(name -> name.startsWith("ai.onnxruntime."))
                .noneMatch(
                        name -> name.matches(
                                "(org\\.apache\\.(kafka|avro)|org\\.slf4j|ch\\.qos\\.logback|org\\.yaml|com\\.fasterxml)\\..*"));
    }
}
