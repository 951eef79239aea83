package dev.stampede.training.network.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of ReLU in one pass over memory; Deeplearning4j takes several. */
final class ReluGradient {
    private ReluGradient() {}

    /** {@code gradient} if {@code result}, the output of the ReLU, is above 0, else 0; in single precision. */
    static INDArray of(INDArray result, INDArray gradient, LayerWorkspaceMgr workspaces) {
        INDArray kept =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, gradient.dataType(), gradient.shape(), 'c');
        HeapRows results = HeapRows.of(result);
        HeapRows gradients = HeapRows.of(gradient);
        HeapRows target = HeapRows.into(kept);
        float[] values = new float[results.length()];
        float[] row = new float[results.length()];
        for (int stamp = 0; stamp < results.count(); stamp++) {
            results.read(stamp, values);
            gradients.read(stamp, row);
            VectorLoops.keepWherePositive(values, row);
            target.write(stamp, row);
        }
        return kept;
    }
}
