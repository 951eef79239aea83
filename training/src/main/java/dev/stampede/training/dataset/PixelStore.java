package dev.stampede.training.dataset;

/** Rows of pixels of the same length with random access. Immutable and thread-safe. */
interface PixelStore {
    /** Copies the row at {@code row} to {@code target} from {@code offset} on. */
    void copyTo(int row, float[] target, int offset);

    /** One pixel of one row. */
    float pixel(int row, int pixel);

    /** Appends rows. */
    interface Writer {
        /** Appends the row that starts at {@code source[offset]}. */
        void add(float[] source, int offset);

        /** The store of all rows; the writer cannot be used afterwards. */
        PixelStore done();
    }

    /**
     * A store for up to {@code rows} rows: in memory if they take no more than a quarter of the maximum heap, because a
     * data set is held raw and normalised; else in a file.
     *
     * @throws InvalidDataException if the file cannot be created
     */
    static Writer writer(long rows, int rowSize) {
        return writer(rows, rowSize, Runtime.getRuntime().maxMemory() / 4);
    }

    /** The same with an explicit limit for the memory. */
    static Writer writer(long rows, int rowSize, long memoryBytes) {
        boolean fits = rows * rowSize * Float.BYTES <= memoryBytes && rows * rowSize <= Integer.MAX_VALUE - 8;
        return fits ? new PixelsInMemory.Filling((int) rows, rowSize) : PixelsOnDisk.Filling.begin(rowSize);
    }
}
