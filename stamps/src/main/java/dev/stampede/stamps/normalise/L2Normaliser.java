package dev.stampede.stamps.normalise;

/**
 * {@link Recipe#L2_IMAGE} and {@link Recipe#L2_ROW}: each pixel divided by the Euclidean norm of its image or row; one of
 * norm 0 stays as it is.
 */
final class L2Normaliser implements Normaliser {
    private final int groups;
    private final int groupSize;

    private L2Normaliser(int groups, int groupSize) {
        this.groups = groups;
        this.groupSize = groupSize;
    }

    static L2Normaliser ofImage(int rows, int columns) {
        return new L2Normaliser(1, rows * columns);
    }

    static L2Normaliser ofRows(int rows, int columns) {
        return new L2Normaliser(rows, columns);
    }

    @Override
    public boolean normalise(float[] pixels, int offset, float[] target, int targetOffset) {
        for (int group = 0; group < groups; group++) {
            int start = group * groupSize;
            double squares = 0; // of float32 squares, as in the published code: those of values such as 1e-30 vanish
            for (int i = offset + start; i < offset + start + groupSize; i++) {
                float square = pixels[i] * pixels[i];
                squares += Float.isNaN(square) ? 0 : square;
            }
            double share = squares > 0 ? 1 / Math.sqrt(squares) : 1;
            for (int i = start; i < start + groupSize; i++) {
                float pixel = pixels[offset + i];
                target[targetOffset + i] = Float.isNaN(pixel) ? 0f : (float) (pixel * share);
            }
        }
        return true;
    }
}
