package dev.stampede.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class CheckpointTest {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("m.checkpoint");
    }

    @Test
    void aResumedFitOnTwoThreadsEndsWithTheSameWeights() throws IOException {
        Split split = split();
        FitSettings settings = settings(Optimiser.ADAM, 3, 2);
        FittedNetwork unbroken = fit(Network.VGG6, split, settings);
        Files.delete(file);
        try (TrainingLoop loop = loop(Network.VGG6, split, settings)) {
            loop.runUntil(1);
        }
        assertThat(resume(Network.VGG6, split, settings).network().params())
                .isEqualTo(unbroken.network().params());
    }

    @ParameterizedTest(name = "with {0}")
    @EnumSource(Optimiser.class)
    void aResumedFitEndsWithTheSameWeights(Optimiser optimiser) throws IOException {
        Split split = split();
        FitSettings settings = settings(optimiser, 4);
        FittedNetwork unbroken = fit(Network.VGG6, split, settings);
        Files.delete(file);
        try (TrainingLoop loop = loop(Network.VGG6, split, settings)) {
            loop.runUntil(2);
        }

        FittedNetwork resumed = resume(Network.VGG6, split, settings);
        assertThat(resumed.network().params()).isEqualTo(unbroken.network().params());
        assertThat(resumed.epochs())
                .usingRecursiveComparison()
                .ignoringFields("stampsPerSecond")
                .isEqualTo(unbroken.epochs());
    }

    @Test
    void rejectsACheckpointOfAnotherNetworkOrOtherSettings() throws IOException {
        Split split = split();
        FitSettings settings = settings(Optimiser.SGD, 1);
        fit(Network.SIMPLE, split, settings);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> resume(Network.SIMPLE_BN, split, settings))
                .withMessageContaining("is of network simple on")
                .withMessageContaining("this run is of network simple-bn");
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> resume(Network.SIMPLE, split, settings(Optimiser.ADAM, 1)))
                .withMessageContaining("belongs to another run");
    }

    @Test
    void rejectsACheckpointOfAnOlderVersion() throws IOException {
        Split split = split();
        FitSettings settings = settings(Optimiser.SGD, 1);
        fit(Network.SIMPLE, split, settings);
        byte[] older = Files.readAllBytes(file);
        int version = "xxStampede checkpoint ".length();
        assertThat(older[version]).isEqualTo((byte) '3');
        older[version] = '2';
        Files.write(file, older);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> resume(Network.SIMPLE, split, settings))
                .withMessageContaining("another version of Stampede");
    }

    @Test
    void rejectsATruncatedOrDamagedCheckpoint() throws IOException {
        Split split = split();
        FitSettings settings = settings(Optimiser.SGD, 1);
        fit(Network.SIMPLE, split, settings);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> resume(Network.SIMPLE, split, settings))
                .withMessageContaining("truncated");
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file, damaged);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> resume(Network.SIMPLE, split, settings))
                .withMessageContaining("checksum");
        Files.writeString(file, "nothing of the kind");
        assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> resume(Network.SIMPLE, split, settings));
    }

    private static FitSettings settings(Optimiser optimiser, int epochs) {
        return settings(optimiser, epochs, 1);
    }

    private static FitSettings settings(Optimiser optimiser, int epochs, int threads) {
        double rate = optimiser == Optimiser.ADAM || optimiser == Optimiser.ADAMW ? 2e-3 : 2e-2;
        return new FitSettings(
                epochs,
                32,
                new OptimiserSettings(optimiser, rate, LearningRateSchedule.COSINE, 1e-4),
                new SamplingSettings(true, true, 0.05),
                0,
                threads,
                1);
    }

    private FittedNetwork fit(Network network, Split split, FitSettings settings) throws IOException {
        try (TrainingLoop loop = loop(network, split, settings)) {
            return loop.run();
        }
    }

    private TrainingLoop loop(Network network, Split split, FitSettings settings) {
        return TrainingLoop.start(network, split, settings, FitListener.NONE, file);
    }

    private FittedNetwork resume(Network network, Split split, FitSettings settings) throws IOException {
        return FittedNetwork.of(network, split, settings, FitListener.NONE, file, true);
    }

    private Split split() {
        Examples examples = Examples.of(DataFolder.read(Blobs.write(folder, 90, 70, 1)), Recipe.ASINH_SNR);
        return Split.of(examples, Split.Fractions.STANDARD, 1);
    }
}
