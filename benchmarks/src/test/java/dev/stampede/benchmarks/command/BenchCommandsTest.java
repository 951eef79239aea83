package dev.stampede.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.commandline.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("slow")
class BenchCommandsTest {
    @Test
    @Tag("system") // a quarter of a minute
    void streamMeasuresEveryPartAndItsBound() throws IOException {
        JsonNode result =
                run("bench stream --json --alerts 8000 --warm-up-rounds 0 --rounds 1 --seconds 1 --threads 1");

        for (String part : List.of("passthrough", "score", "decodeNormalise", "endToEnd", "perRecord")) {
            assertThat(result.get(part + "PerSecond").asDouble()).as(part).isPositive();
            assertThat(result.get(part + "CpuMicros").asDouble()).as(part).isPositive();
            assertThat(result.get(part + "BusyCores").asDouble()).as(part).isPositive();
        }
        double secondsPerAlert = 1 / result.get("passthroughPerSecond").asDouble()
                + 1 / result.get("scorePerSecond").asDouble()
                + 1 / result.get("decodeNormalisePerSecond").asDouble();
        // The printed rates are rounded to integers.
        assertThat(result.get("boundPerSecond").asDouble()).isCloseTo(1 / secondsPerAlert, within(2.0));
        assertThat(result.get("alerts").asInt()).isEqualTo(8000);
    }

    @Tag("system") // half a minute
    @Test
    void explanationsArePublishedOnceAndSkippedAtAnOverload() throws IOException {
        JsonNode result = run("bench latency --explain --json --rate 20 --overload-rate 1000 --seconds 1 --rounds 1");

        assertThat(result.get("explanationsPublished").asLong()).isPositive();
        assertThat(result.get("explanationsMissing").asLong()).isZero();
        assertThat(result.get("explanationsRepeated").asLong()).isZero();
        assertThat(result.get("overloadSkipped").asLong()).isPositive();
        assertThat(result.get("withP50Millis").asDouble()).isPositive();
    }

    @Test
    @Tag("system") // half a minute
    void theChecksOfAGpuPassOnTheCpu() throws IOException {
        JsonNode result =
                run("bench gpu --provider cpu --json --model vgg6 --batches 1,64 --seconds 0.2 --alerts 8000");

        assertThat(result.get("passed").asBoolean()).isTrue();
        assertThat(result.get("checks").findValuesAsText("check")).hasSize(11).doesNotHaveDuplicates();
        assertThat(result.get("checks").findValuesAsText("result")).containsOnly("passed");
    }

    @ParameterizedTest
    @CsvSource({
        "bench crash --guarantee never, --guarantee",
        "bench crash --brokers 2, --brokers",
        "bench crash --alerts 0, --alerts",
        "bench network --rate 0, --rate",
        "bench network --protocol raft, --protocol",
        "bench soak --backlog 0, --backlog",
        "bench fuzz --values 0, --values",
        "bench lifecycle --labelled 0, --labelled",
        "bench latency --explain --swap, --swap",
        "bench latency --rate 0, --rate",
        "bench stream --rounds 0, --rounds",
        "bench stream --compare threads, --compare",
        "bench stream --compare linger=1 --compare linger=1, repeats the settings of another --compare",
        "'bench stream --compare linger=1,linger=1', sets linger twice",
        "bench packets --messages 0, --messages",
        "bench train --steps 0, --steps",
        "bench drill --rules nowhere.yml, --rules",
        "bench gpu --provider AUTO, --provider",
        "bench gpu --checks everything, --checks",
        "bench gpu --batches 0, --batches"
    })
    void rejectsAWrongOption(String arguments, String option) {
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new BenchCommands())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.write(String.valueOf(failure.getMessage()));
                    return failure instanceof CommandException expected ? expected.exitCode() : 1;
                })
                .execute(arguments.split(" ", -1));
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(option);
    }

    private static JsonNode run(String arguments) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine line = BenchCommands.commandLine().setOut(new PrintWriter(out));
        assertThat(line.execute(arguments.split(" ", -1))).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
