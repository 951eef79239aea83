package dev.stampede.streaming.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.contract.FeatureEncoding;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.VerifiedModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InjectionRecoveryTest {
    private static final int SIDE = 21;

    private static Stamp noise(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (100 + 10 * random.nextGaussian());
        }
        return Stamp.of(1, SIDE, SIDE, pixels);
    }

    /** The injected light alone through a filter of its own shape, over the noise it was made for. */
    private static double signalToNoise(Stamp without, Stamp with, double sigma) {
        double response = 0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double light = with.pixel(0, row, column) - without.pixel(0, row, column);
                response += light * light;
            }
        }
        return Math.sqrt(response) / sigma;
    }

    @Test
    void injectsTheSignalToNoiseItIsAskedFor() {
        Stamp background = noise(1);
        Stamp rolled = SourceInjector.of(background, 0);
        assertThat(rolled.pixel(0, SIDE / 2, SIDE / 2)).isEqualTo(background.pixel(0, 20, 20));
        double sigmaG = PixelQuality.measure(background).sigmaG();
        // The sum over whole pixels stands for an integral, and the wings end at the stamp's edge.
        assertThat(signalToNoise(rolled, SourceInjector.of(background, 12), sigmaG))
                .isCloseTo(12, within(0.1));
    }

    @Test
    void leavesMaskedPixelsMasked() {
        float[] pixels = new float[SIDE * SIDE];
        noise(2).copyTo(pixels, 0);
        pixels[0] = Float.NaN; // rolled to the centre's neighbourhood
        pixels[1] = 0;
        Stamp with = SourceInjector.of(Stamp.of(1, SIDE, SIDE, pixels), 10);
        assertThat(with.pixel(0, 11, 11)).isNaN();
        assertThat(with.pixel(0, 11, 12)).isZero();
    }

    @Test
    void theShippedModelFindsTheBrightAndNotAllOfTheFaint() {
        RecallMeter meter = new RecallMeter();
        List<String> published = new ArrayList<>();
        try (VerifiedModel model = VerifiedModel.open(ModelFile.shipped());
                PollScorer scorer =
                        new AlertScorerFactory(model, 100_000, new StreamMetrics(), Clock.systemUTC()).newScorer()) {
            InjectionRecovery injection =
                    new InjectionRecovery(scorer, model.identity(), meter, (id, value) -> published.add(id));
            Simulator peaks = Simulator.of(SimulationSettings.standard().only(CandidateKind.NOISE_PEAK), 3);
            int used = 0;
            for (int i = 0; i < 60; i++) {
                byte[] value = StampAlertWriter.write(
                        "alert-" + i,
                        "DEEP",
                        List.of(Plane.MEDIAN),
                        peaks.candidate(i).stamp());
                used += injection.offer(AlertRecord.of(value)) ? 1 : 0;
            }
            assertThat(used).isGreaterThan(40);
            assertThat(published)
                    .hasSize(used * RecallMeter.SIGNAL_TO_NOISE.size())
                    .doesNotHaveDuplicates();
        }
        assertThat(meter.recall().get(30)).isGreaterThan(0.9);
        assertThat(meter.recall().get(5)).isLessThan(meter.recall().get(30));
        assertThat(meter.registry()
                        .getSampleValue(
                                "stampede_injection_recall", new String[] {"signal_to_noise"}, new String[] {"30"}))
                .isEqualTo(meter.recall().get(30));
    }

    @Test
    void refusesAModelThatCannotDoWithoutFeatures() {
        FeatureInput needed = new FeatureInput(
                "metadata", FeatureEncoding.VALUES, List.of(ScaledFeature.parse("likelihood:log10:1:0.5")));
        ModelIdentity stamps = new FirstPixelModel().identity();
        ModelIdentity model = new ModelIdentity(
                stamps.labels(),
                stamps.threshold(),
                new ModelContract.Input(stamps.planes(), stamps.stampSize(), needed),
                stamps.padding(),
                stamps.domain());
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        try (PollScorer scorer = scoring.newScorer()) {
            assertThatThrownBy(() -> new InjectionRecovery(scorer, model, new RecallMeter(), (id, value) -> {}))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("takes likelihood without masks");
        }
    }

    @Test
    void takesOnlyBogusForBackgrounds() {
        RecallMeter meter = new RecallMeter();
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        try (PollScorer scorer = scoring.newScorer()) {
            InjectionRecovery injection =
                    new InjectionRecovery(scorer, new FirstPixelModel().identity(), meter, (id, value) -> {});
            assertThat(injection.offer(AlertRecord.of(new byte[] {1, 2, 3}))).isFalse();
            float[] real = new float[SIDE * SIDE];
            Arrays.fill(real, 0.9f);
            assertThat(injection.offer(AlertRecord.of(StampAlertWriter.write(
                            "real", "DEEP", List.of(Plane.MEDIAN), Stamp.of(1, SIDE, SIDE, real)))))
                    .isFalse();
        }
        assertThat(meter.recall().values()).allMatch(share -> share.isNaN());
    }
}
