package dev.stampede.stamps.normalise;

/**
 * {@link Recipe#Z_SCORE_IMAGE} and, over all planes at once, {@link Recipe#Z_SCORE_ALL}: (x - mean) / standard deviation,
 * the root of the mean square.
 */
final class ZScoreNormaliser extends LinearNormaliser {
    ZScoreNormaliser(int rows, int columns) {
        super(rows, columns);
    }

    @Override
    boolean measure(float[] pixels, int offset) {
        int count = 0;
        double sum = 0;
        for (int i = offset; i < offset + size; i++) {
            if (!Float.isNaN(pixels[i])) {
                sum += pixels[i];
                count++;
            }
        }
        level = sum / count;
        double squares = 0;
        for (int i = offset; i < offset + size; i++) {
            if (!Float.isNaN(pixels[i])) {
                squares += (pixels[i] - level) * (pixels[i] - level);
            }
        }
        scale = Math.sqrt(squares / count);
        return scale > 0;
    }
}
