package dev.stampede.training.dataset;

/** Rows of pixels, all of one length, that can be read in any order. Immutable and thread-safe. */
interface PixelStore {
    /** Copies the row at {@code row} to {@code target} from {@code offset} on. */
    void copyTo(int row, float[] target, int offset);

    /** One pixel of one row. */
    float pixel(int row, int pixel);

    /** Takes rows in order, one after the other. */
    interface Writer {
        /** Appends the row that starts at {@code source[offset]}. */
        void add(float[] source, int offset);

        /** What was added; nothing can be added any more. */
        PixelStore done();
    }

    /**
     * A store for at most {@code rows} rows: in memory where they take no more than a quarter of what Java may have, for
     * a data set is held raw and normalised; else in a file.
     *
     * @throws InvalidDataException if the file cannot be made
     */
    static Writer writer(long rows, int rowSize) {
        return writer(rows, rowSize, Runtime.getRuntime().maxMemory() / 4);
    }

    /** The same with that many bytes of memory to use. */
    static Writer writer(long rows, int rowSize, long memoryBytes) {
        boolean fits = rows * rowSize * Float.BYTES <= memoryBytes && rows * rowSize <= Integer.MAX_VALUE - 8;
        return fits ? new PixelsInMemory.Filling((int) rows, rowSize) : PixelsOnDisk.Filling.begin(rowSize);
    }
}
