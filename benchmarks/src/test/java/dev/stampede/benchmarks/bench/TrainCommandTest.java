package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainCommandTest {
    @Test
    void saysHowToBuildPyTorchInWhereItIsNot() {
        assumeTrue(FitPeer.find().isEmpty(), "PyTorch is built in");
        StringWriter err = new StringWriter();
        assertThat(execute(err, "bench", "train")).isEqualTo(2);
        assertThat(err.toString())
                .contains("STAMPEDE_PYTORCH=true ./stampede bench train")
                .hasLineCount(1);
    }

    @Test
    void refusesARunOfNothing() {
        StringWriter err = new StringWriter();
        assertThat(execute(err, "bench", "train", "--steps", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--steps");
    }

    @Test
    void bothEnginesTakeTheSameBatchesAndEveryFigureIsPrinted() throws IOException {
        JsonNode figures = measure(new Ourselves(), 6);
        assertThat(figures.fieldNames())
                .toIterable()
                .containsExactly(
                        "dl4jPerSecond",
                        "pytorchPerSecond",
                        "ratio",
                        "dl4jCpuMicros",
                        "pytorchCpuMicros",
                        "cpuRatio",
                        "dl4jFirstLoss",
                        "dl4jLastLoss",
                        "pytorchFirstLoss",
                        "pytorchLastLoss",
                        "network",
                        "batchSize",
                        "threads",
                        "steps",
                        "rounds");
        assertThat(figures.get("dl4jPerSecond").asDouble()).isPositive();
        assertThat(figures.get("pytorchPerSecond").asDouble()).isPositive();
        assertThat(figures.get("dl4jLastLoss").asDouble())
                .isNotEqualTo(figures.get("dl4jFirstLoss").asDouble());
        assertThat(figures.get("network").asText()).isEqualTo("vgg6");
    }

    @Test
    void pyTorchLearnsToo() throws IOException {
        assumeTrue(FitPeer.find().isPresent(), "PyTorch is not built in");
        JsonNode figures = measure(FitPeer.find().orElseThrow(), 40);
        for (String engine : new String[] {"dl4j", "pytorch"}) {
            assertThat(figures.get(engine + "LastLoss").asDouble())
                    .as(engine)
                    .isLessThan(figures.get(engine + "FirstLoss").asDouble());
        }
    }

    private static JsonNode measure(FitPeer peer, int steps) throws IOException {
        TrainBench.Settings settings = new TrainBench.Settings(Network.VGG6, 32, steps, 1, 1, 400);
        Map<String, Object> figures =
                new TrainBench(settings, peer, new PrintStream(OutputStream.nullOutputStream())).run();
        StringWriter out = new StringWriter();
        Figures.print(new PrintWriter(out), true, figures);
        return new ObjectMapper().readTree(out.toString());
    }

    private static int execute(StringWriter err, String... arguments) {
        return new CommandLine(BenchCommands.create())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.write(failure.getMessage());
                    return failure instanceof CommandFailure stated ? stated.exitCode() : 1;
                })
                .execute(arguments);
    }

    /** The same engine once more. */
    private static final class Ourselves implements FitPeer {
        @Override
        public boolean knows(Network network) {
            return true;
        }

        @Override
        public Learner start(FitTask task) {
            return new StampedeLearner(task);
        }
    }
}
