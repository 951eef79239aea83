package dev.stampede.training.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.training.network.layer.BatchNormOperations.Parameters;
import dev.stampede.training.network.layer.BatchNormOperations.Statistics;
import java.util.Random;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class BatchNormOperationsTest {
    private static final long[] SHAPE = {1024, 16, 9, 9};
    private static final Parameters UNCHANGED =
            new Parameters(Nd4j.ones(DataType.FLOAT, SHAPE[1]), Nd4j.zeros(DataType.FLOAT, SHAPE[1]));

    private final BatchNormOperations normalisation = new BatchNormOperations(1e-3f, true, SHAPE);
    private final Statistics statistics =
            new Statistics(Nd4j.create(DataType.FLOAT, SHAPE[1]), Nd4j.create(DataType.FLOAT, SHAPE[1]));

    private static INDArray array() {
        return ChannelsLast.create(LayerWorkspaceMgr.noWorkspaces(), ArrayType.ACTIVATIONS, SHAPE);
    }

    /** Sums in single precision over 80,000 values. */
    @Test
    void theStatisticsKeepTheirPrecisionForLargeMeans() {
        INDArray values = gaussiansAround(1000);
        normalisation.train(values, UNCHANGED, statistics, array());
        INDArray exact = values.castTo(DataType.DOUBLE);
        for (int channel = 0; channel < SHAPE[1]; channel++) {
            assertThat(statistics.mean().getDouble(channel))
                    .isCloseTo(exact.mean(0, 2, 3).getDouble(channel), offset(0.01));
            assertThat(statistics.variance().getDouble(channel))
                    .isCloseTo(exact.var(false, 0, 2, 3).getDouble(channel), offset(1e-3));
        }
    }

    @Test
    void inferenceWithTheStatisticsOfABatchGivesItsOutput() {
        INDArray values = gaussiansAround(3);
        INDArray trained = array();
        normalisation.train(values, UNCHANGED, statistics, trained);
        INDArray inferred = array();
        normalisation.infer(values, UNCHANGED, statistics, inferred);
        assertThat(inferred.sub(trained).normmaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(trained.minNumber().doubleValue()).as("ReLU").isZero();
    }

    private static INDArray gaussiansAround(double mean) {
        Random random = new Random(1);
        float[] values = new float[(int) (SHAPE[0] * SHAPE[1] * SHAPE[2] * SHAPE[3])];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + random.nextGaussian());
        }
        return ChannelsLast.of(Nd4j.create(values, SHAPE, 'c'));
    }
}
