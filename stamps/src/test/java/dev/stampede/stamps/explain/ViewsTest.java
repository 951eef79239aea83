package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.SlidingModel;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Stamp NUMBERED = Stamp.of(1, 3, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

    @Test
    void turnsAndMirrorsInEightWays() {
        Set<Stamp> views = new HashSet<>();
        for (int view = 0; view < Views.COUNT; view++) {
            views.add(Views.turned(NUMBERED, view));
        }
        assertThat(views).hasSize(8).contains(NUMBERED);
        assertThat(Views.turned(NUMBERED, 2)).isEqualTo(Stamp.of(1, 3, 3, new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1}));
        assertThat(Views.turned(NUMBERED, 4)).isEqualTo(Stamp.of(1, 3, 3, new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7}));
    }

    @Test
    void turnsEachPlaneAlike() {
        Stamp two = Stamp.of(2, 2, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        for (int view = 0; view < Views.COUNT; view++) {
            assertThat(Views.turned(two, view).plane(1)).isEqualTo(Views.turned(two.plane(1), view));
        }
    }

    @Test
    void takesMeanAndSpreadOverTheViews() {
        // The tiny model looks at the middle only, so the views of a source beside it differ.
        Stamp stamp = SlidingModel.stamp(10, 12, 2.2, 4);
        try (StampModel classifier = StampModel.open(TinyModel.standard().file());
                StampPredictor predict = classifier.newPredictor(8);
                Views views = Views.of(classifier, 2)) {
            double[] each =
                    predict
                            .predict(IntStream.range(0, 8)
                                    .mapToObj(view -> Views.turned(stamp, view))
                                    .toList())
                            .stream()
                            .mapToDouble(prediction -> ((Scored) prediction).probability())
                            .toArray();
            double mean =
                    IntStream.range(0, 8).mapToDouble(i -> each[i]).average().orElseThrow();
            double variance = IntStream.range(0, 8)
                    .mapToDouble(i -> (each[i] - mean) * (each[i] - mean))
                    .average()
                    .orElseThrow();
            List<Prediction> viewed = views.predict(List.of(TinyModel.standard().stamp(0, 1), NUMBERED, stamp));
            Scored scored = (Scored) viewed.get(2);
            assertThat((double) scored.probability()).isCloseTo(mean, within(1e-5));
            assertThat((double) scored.spread())
                    .isCloseTo(Math.sqrt(variance), within(1e-4))
                    .isPositive();
            assertThat(viewed.get(1).verdict()).isEqualTo(Verdict.ABSTAIN);
            assertThat(((Scored) predict.predict(List.of(stamp)).get(0)).spread())
                    .isNaN();
        }
    }

    @Test
    void keepsTheCentreOfALargerStampOfEvenSize() {
        Stamp large = TinyModel.standard().withStampSize(40).stamp(20, 4);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Views views = Views.of(classifier, 4)) {
            List<Prediction> viewed = views.predict(List.of(large, large.centreCrop(21)));
            assertThat(viewed.get(0)).isEqualTo(viewed.get(1));
        }
    }
}
