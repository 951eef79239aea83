package dev.stampede.training.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class FastDropoutTest {
    private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

    private static Layer layer(double kept) {
        NeuralNetConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .layer(new FastDropout(kept))
                .build();
        return configuration.getLayer().instantiate(configuration, List.of(), 0, Nd4j.empty(), false, DataType.FLOAT);
    }

    @ParameterizedTest(name = "keeps {0}")
    @ValueSource(doubles = {0.5, 0.75})
    void keepsThatShareOfTheValuesAndTheirMean(double kept) {
        Layer layer = layer(kept);
        layer.setInput(Nd4j.ones(DataType.FLOAT, 200, 16, 8, 8), WORKSPACES);
        INDArray output = layer.activate(true, WORKSPACES);
        assertThat(output.meanNumber().doubleValue()).isCloseTo(1, offset(0.01));
        assertThat(output.maxNumber().doubleValue()).isCloseTo(1 / kept, offset(1e-6));
        assertThat(output.minNumber().doubleValue()).isZero();
    }

    @Test
    void theGradientPassesWhereTheValuesPassed() {
        Layer layer = layer(0.5);
        INDArray ones = Nd4j.ones(DataType.FLOAT, 3, 4, 2, 2);
        layer.setInput(ones, WORKSPACES);
        INDArray output = layer.activate(true, WORKSPACES);
        INDArray gradient = layer.backpropGradient(ones, WORKSPACES).getSecond();
        assertThat(gradient).isEqualTo(output);
        assertThat(layer.activate(true, WORKSPACES)).isNotEqualTo(output);
    }

    @Test
    void nothingIsDroppedOutsideTraining() {
        Layer layer = layer(0.5);
        INDArray values = Nd4j.rand(DataType.FLOAT, 3, 5);
        layer.setInput(values, WORKSPACES);
        assertThat(layer.activate(false, WORKSPACES)).isEqualTo(values);
    }
}
