package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizesTest {
    @Test
    void padsToAQuarterOfTheCapacityAndAQuarterOfThatDownToSixteen() {
        BatchSizes sizes = BatchSizes.padded(2048);
        assertThat(sizes.toWarm()).containsExactly(32, 128, 512, 2048);
        assertThat(IntStream.of(1, 32, 33, 512, 513, 2048).map(sizes::sizeFor))
                .containsExactly(32, 32, 128, 512, 2048, 2048);
    }

    @Test
    void hasOneSizeWhereTheCapacityIsSmall() {
        assertThat(BatchSizes.padded(20).toWarm()).containsExactly(20);
        assertThat(BatchSizes.padded(20).sizeFor(3)).isEqualTo(20);
    }

    @Test
    void leavesABatchAsItIsWhereNothingIsToBePadded() {
        assertThat(IntStream.of(1, 7, 256).map(BatchSizes.exact(256)::sizeFor)).containsExactly(1, 7, 256);
    }

    /** After a full batch the padding is stale stamps, before it zeros; the shipped network would show either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 63, 64, 65, 200})
    void paddingChangesNoScore(int count) throws OrtException {
        ModelFile file = ModelFile.shipped();
        List<Stamp> stamps = IntStream.range(0, count)
                .mapToObj(i -> TinyModel.standard().stamp(i % 40, i))
                .toList();
        try (StampModel classifier = StampModel.open(file);
                StampPredictor exact = classifier.newPredictor(64)) {
            List<Prediction> expected = exact.predict(stamps);
            try (StampPredictor padded = paddedPredictor(file, classifier.contract())) {
                assertSame(padded.predict(stamps), expected);
                padded.predict(IntStream.range(0, 64)
                        .mapToObj(i -> TinyModel.standard().stamp(50, i))
                        .toList());
                assertSame(padded.predict(stamps), expected);
            }
        }
    }

    private static StampPredictor paddedPredictor(ModelFile file, ModelContract contract) throws OrtException {
        OnnxSession engine = OnnxSession.open(file, EngineSettings.CPU);
        return new StampPredictor(
                engine, contract, new TensorBatch(64, BatchSizes.padded(64), contract, GraphSignature.FLOAT32), 64);
    }

    private static void assertSame(List<Prediction> judgements, List<Prediction> expected) {
        assertThat(judgements).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Prediction.Scored scored = (Prediction.Scored) judgements.get(i);
            Prediction.Scored other = (Prediction.Scored) expected.get(i);
            assertThat(scored.quality()).isEqualTo(other.quality());
            // The size of a run changes the order of its sums, so the last bits: about 1e-7 of a probability.
            assertThat(scored.probability()).isCloseTo(other.probability(), within(1e-5f));
        }
    }
}
