package dev.stampede.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.stampede.commandline.CommandException;
import dev.stampede.training.network.Network;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@Tag("slow")
class TrainBenchTest {
    @Test
    @Tag("no-pytorch")
    void namesTheBuildWithPyTorchIfThisOneHasNone() {
        StringBuilder message = new StringBuilder();
        int exitCode = new CommandLine(new TrainBenchCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    message.append(failure.getMessage());
                    return failure instanceof CommandException expected ? expected.exitCode() : 1;
                })
                .execute();
        assertThat(exitCode).isEqualTo(2);
        assertThat(message).contains("STAMPEDE_PYTORCH=true ./stampede bench train");
    }

    @Test
    void measuresBothEnginesOnTheSameBatches() throws InterruptedException {
        TrainBench.Result result = measure(Network.VGG6, new SameEngine(), 3);
        assertThat(result.dl4jPerSecond()).isPositive();
        assertThat(result.pytorchPerSecond()).isPositive();
        assertThat(result.ratio() * result.pytorchPerSecond()).isCloseTo(result.dl4jPerSecond(), withinPercentage(0.1));
        assertThat(result.dl4jFirstLoss()).isEqualTo(result.pytorchFirstLoss());
        assertThat(result.dl4jLastLoss()).isEqualTo(result.pytorchLastLoss());
        assertThat(result.network()).isEqualTo("vgg6");
    }

    private static List<Network> networksOfPyTorch() {
        return TrainingEngine.find().orElseThrow().networks();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networksOfPyTorch")
    @Tag("pytorch")
    void bothEnginesLearn(Network network) throws InterruptedException {
        TrainBench.Result result = measure(network, TrainingEngine.find().orElseThrow(), 40);
        assertThat(result.dl4jLastLoss()).isLessThan(result.dl4jFirstLoss());
        assertThat(result.pytorchLastLoss()).isLessThan(result.pytorchFirstLoss());
    }

    private static TrainBench.Result measure(Network network, TrainingEngine other, int steps)
            throws InterruptedException {
        TrainBench.Settings settings = new TrainBench.Settings(network, 32, steps, 1, 1, 200);
        return TrainBench.run(settings, other, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** The engine that it is compared with. */
    private static final class SameEngine implements TrainingEngine {
        @Override
        public List<Network> networks() {
            return List.of(Network.values());
        }

        @Override
        public Trainer start(Task task) {
            return new StampedeTrainer(task);
        }
    }
}
