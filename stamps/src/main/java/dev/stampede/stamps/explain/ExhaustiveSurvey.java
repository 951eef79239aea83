package dev.stampede.stamps.explain;

/** Scores every position, in one round. */
final class ExhaustiveSurvey implements Survey {
    private final float[] probabilities;

    ExhaustiveSurvey(int side) {
        probabilities = new float[side * side];
    }

    @Override
    public void begin(float original) {}

    @Override
    public int wanted() {
        return probabilities.length;
    }

    @Override
    public int wanted(int place) {
        return place;
    }

    @Override
    public void take(int position, float probability) {
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
