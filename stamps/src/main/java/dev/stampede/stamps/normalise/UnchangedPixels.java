package dev.stampede.stamps.normalise;

/** {@link Recipe#NONE}: the pixels as they are. */
final class UnchangedPixels extends LinearNormaliser {
    UnchangedPixels(int rows, int columns) {
        super(rows, columns);
    }

    @Override
    boolean measure(float[] pixels, int offset) {
        return true;
    }
}
