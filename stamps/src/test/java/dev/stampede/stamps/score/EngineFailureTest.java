package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that breaks after the proof: a fault of the program, never a probability. */
class EngineFailureTest {
    private static final Stamp SOURCE = TinyModel.standard().stamp(30, 1);

    @Test
    void neverMakesAVerdictOfAnAnswerThatIsNoProbability() throws OrtException {
        TinyModel nan = TinyModel.standard().withNaNWeights();
        try (StampPredictor predict = unproven(nan, nan.contract())) {
            assertThatExceptionOfType(ScoringException.class)
                    .isThrownBy(() -> predict.predict(List.of(SOURCE)))
                    .withMessageContainingAll("NaN", "not a probability");
        }
    }

    @Test
    void saysThatTheEngineFailedAndOnHowMuch() throws OrtException {
        try (StampPredictor predict = unproven(
                TinyModel.standard().withLargerGraph(), TinyModel.standard().contract())) {
            assertThatExceptionOfType(ScoringException.class)
                    .isThrownBy(() -> predict.predict(List.of(SOURCE, SOURCE)))
                    .withMessageContaining("batch of 2 stamps")
                    .withCauseInstanceOf(OrtException.class);
        }
    }

    private static StampPredictor unproven(TinyModel model, ModelContract contract) throws OrtException {
        OnnxSession engine = OnnxSession.open(model.file(), EngineSettings.CPU);
        return new StampPredictor(
                engine, contract, new TensorBatch(4, engine.runSizes(4), contract, GraphSignature.FLOAT32), 4);
    }
}
