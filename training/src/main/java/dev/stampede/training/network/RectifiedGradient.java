package dev.stampede.training.network;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way back through a rectifier in one pass over memory, where the engine takes several. */
final class RectifiedGradient {
    private RectifiedGradient() {}

    /** {@code gradient} where {@code result}, what the rectifier said, is above 0, else 0; in single precision. */
    static INDArray of(INDArray result, INDArray gradient, LayerWorkspaceMgr workspaces) {
        INDArray kept =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, gradient.dataType(), gradient.shape(), 'c');
        Rows results = Rows.of(result);
        Rows gradients = Rows.of(gradient);
        Rows target = Rows.into(kept);
        float[] values = new float[results.length()];
        float[] row = new float[results.length()];
        for (int stamp = 0; stamp < results.count(); stamp++) {
            results.read(stamp, values);
            gradients.read(stamp, row);
            RowLoops.keepWherePositive(values, row);
            target.write(stamp, row);
        }
        return kept;
    }
}
