package dev.stampede.stamps.explain;

/** Scores every position, in one round. */
final class FullSearch implements PositionSearch {
    private final float[] probabilities;

    FullSearch(int side) {
        probabilities = new float[side * side];
    }

    @Override
    public void begin(float original) {}

    @Override
    public int requested() {
        return probabilities.length;
    }

    @Override
    public int requested(int place) {
        return place;
    }

    @Override
    public void record(int position, float probability) {
        probabilities[position] = probability;
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public float probability(int position) {
        return probabilities[position];
    }

    @Override
    public int passes() {
        return probabilities.length;
    }
}
