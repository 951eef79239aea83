package dev.stampede.training.dataset;

/** Rows of pixels in one array. */
final class PixelsInMemory implements PixelStore {
    private final float[] pixels;
    private final int rowSize;

    private PixelsInMemory(float[] pixels, int rowSize) {
        this.pixels = pixels;
        this.rowSize = rowSize;
    }

    @Override
    public void copyTo(int row, float[] target, int offset) {
        System.arraycopy(pixels, row * rowSize, target, offset, rowSize);
    }

    @Override
    public float pixel(int row, int pixel) {
        return pixels[row * rowSize + pixel];
    }

    /** Fills the array. */
    static final class Filling implements Writer {
        private final float[] pixels;
        private final int rowSize;
        private int rows;

        Filling(int rows, int rowSize) {
            pixels = new float[rows * rowSize];
            this.rowSize = rowSize;
        }

        @Override
        public void add(float[] source, int offset) {
            System.arraycopy(source, offset, pixels, rows * rowSize, rowSize);
            rows++;
        }

        @Override
        public PixelStore done() {
            return new PixelsInMemory(pixels, rowSize);
        }
    }
}
