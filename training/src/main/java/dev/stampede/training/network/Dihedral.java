package dev.stampede.training.network;

/**
 * The eight symmetries of a square: four rotations, each also mirrored. The label of a stamp is invariant under them.
 */
final class Dihedral {
    /** The number of symmetries. */
    static final int COUNT = 8;

    /** The identity. */
    static final int IDENTITY = 0;

    /** For each symmetry, the source of each pixel. */
    private final int[][] origins;

    /** The symmetries of squares of {@code size} pixels a side. */
    Dihedral(int size) {
        origins = new int[COUNT][size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int turnedRow = row;
                int turnedColumn = column;
                for (int turn = 0; turn < COUNT / 2; turn++) {
                    int place = row * size + column;
                    origins[turn][place] = turnedRow * size + turnedColumn;
                    origins[turn + COUNT / 2][place] = turnedColumn * size + turnedRow;
                    int nextRow = turnedColumn;
                    turnedColumn = size - 1 - turnedRow;
                    turnedRow = nextRow;
                }
            }
        }
    }

    /** Writes the square at {@code source[offset]}, transformed by the symmetry {@code which}, to {@code target}. */
    void apply(int which, float[] source, int offset, float[] target, int targetOffset) {
        int[] origin = origins[which];
        for (int i = 0; i < origin.length; i++) {
            target[targetOffset + i] = source[offset + origin[i]];
        }
    }
}
