package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandsTest {
    @Test
    void streamMeasuresEveryPartAndItsBound() throws IOException {
        JsonNode figures = run(
                "bench",
                "stream",
                "--json",
                "--alerts",
                "20000",
                "--warm-up-rounds",
                "0",
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--threads",
                "1");

        for (String part : List.of("passthrough", "score", "decodeNormalise", "endToEnd", "perRecord")) {
            assertThat(figures.get(part + "PerSecond").asDouble()).as(part).isPositive();
        }
        double bound = StreamBench.bound(
                figures.get("passthroughPerSecond").asDouble(),
                figures.get("scorePerSecond").asDouble(),
                figures.get("decodeNormalisePerSecond").asDouble());
        assertThat(figures.get("boundPerSecond").asDouble()).isCloseTo(bound, within(1.0));
    }

    @Test
    void packetsAreDecodedAsFastAsAPlainReadingAtLeast() throws IOException {
        JsonNode figures = run("bench", "packets", "--here", "--json", "--messages", "2000", "--seconds", "0.3");
        assertThat(figures.get("messages").asInt()).isEqualTo(2000);
        assertThat(figures.get("meanPacketBytes").asInt()).isBetween(60_000, 80_000);
        assertThat(figures.get("heapAfterCollectionMebibytes")).hasSize(20);
        assertThat(figures.get("ratio").asDouble()).isGreaterThan(1);
    }

    @Test
    void packetsRunsInAHeapOf256Megabytes() {
        assertThat(PacketsCommand.command(List.of("--messages", "7")))
                .contains("-Xmx256m", "--here")
                .endsWith("--messages", "7");
    }

    @Test
    void explainCountsEveryExplanationAndSkipsUnderOverload() throws IOException {
        JsonNode figures = run(
                "bench",
                "explain",
                "--json",
                "--rate",
                "50",
                "--overload-rate",
                "1000",
                "--seconds",
                "2",
                "--rounds",
                "1");

        assertThat(figures.get("explanationsPublished").asLong()).isPositive();
        assertThat(figures.get("explanationsMissing").asLong()).isZero();
        assertThat(figures.get("explanationsRepeated").asLong()).isZero();
        assertThat(figures.get("overloadSkipped").asLong()).isPositive();
        assertThat(figures.get("withP50Millis").asDouble()).isPositive();
    }

    @Test
    void lifecycleClosesTheLoopAndTimesEachWindow() throws IOException {
        JsonNode figures = run(
                "bench",
                "lifecycle",
                "--json",
                "--rate",
                "400",
                "--seconds",
                "2",
                "--rounds",
                "1",
                "--labelled",
                "1000");

        JsonNode loop = figures.get("loop");
        assertThat(loop.get("closes").asBoolean()).as(loop.toString()).isTrue();
        assertThat(loop.get("alerts").asLong()).isGreaterThan(6000);
        for (String amiss : List.of("missing", "duplicates", "wrong", "shadowWrong")) {
            assertThat(loop.get(amiss).asLong()).as(amiss).isZero();
        }
        JsonNode passes = loop.get("passes");
        assertThat(passes).hasSize(3);
        assertThat(passes.get(1).get("recall").asDouble())
                .isGreaterThan(passes.get(0).get("recall").asDouble() + 0.1);
        assertThat(passes.get(2).get("modelSha256")).isEqualTo(passes.get(0).get("modelSha256"));
        assertThat(passes.get(2).get("recall").asDouble())
                .isCloseTo(passes.get(0).get("recall").asDouble(), within(0.01));

        assertThat(figures.get("swaps").asInt()).isOne();
        assertThat(figures.get("releaseToVerdictsMillis").asDouble()).isPositive();
        for (String window : List.of("quiet", "swap", "shadow")) {
            assertThat(figures.get(window + "P50Millis").asDouble()).as(window).isPositive();
            assertThat(figures.get(window + "P99Millis").asDouble())
                    .as(window)
                    .isBetween(
                            figures.get(window + "P50Millis").asDouble(),
                            figures.get(window + "MaxMillis").asDouble());
        }
    }

    @Test
    void boundIsThatOfTheSumOfTheTimes() {
        assertThat(StreamBench.bound(10, 10, 5)).isCloseTo(2.5, within(1e-12));
    }

    @Test
    void medianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(StreamBench.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }

    @Test
    void refusesAnUnknownGuarantee() {
        assertThat(new CommandLine(BenchCommands.create())
                        .setExecutionExceptionHandler((failure, line, parsed) -> 2)
                        .execute("bench", "crash", "--guarantee", "never"))
                .isEqualTo(2);
    }

    private static JsonNode run(String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(BenchCommands.create()).setOut(new PrintWriter(out));
        assertThat(line.execute(arguments)).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
