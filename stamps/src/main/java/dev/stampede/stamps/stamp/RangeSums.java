package dev.stampede.stamps.stamp;

/**
 * The variance of ranges of sorted pixels. The sums over the last range are kept: those over a part of it follow by
 * subtracting the few pixels that were clipped off.
 */
final class RangeSums {
    /** If less than this share of the sums would remain, they are computed again. */
    private static final double MIN_REMAINDER = 1e-4;

    /** The last range, the value that was subtracted from its pixels, and its sums; none if {@code to} is 0. */
    private int from;

    private int to;
    private double about;
    private double sum;
    private double squares;

    void clear() {
        to = 0;
    }

    /** Sets known sums over the ranks 0 to {@code end - 1}. */
    void set(int end, double newAbout, double newSum, double newSquares) {
        from = 0;
        to = end;
        about = newAbout;
        sum = newSum;
        squares = newSquares;
    }

    /** The population variance of {@code pixels[newFrom..newTo)}, given their median. */
    double variance(float[] pixels, int newFrom, int newTo, double median) {
        if (to > 0 && newFrom >= from && newTo <= to) {
            double narrowed = narrowedVariance(pixels, newFrom, newTo);
            if (narrowed > 0) {
                return narrowed;
            }
        }
        sumUp(pixels, newFrom, newTo, median);
        double mean = sum / (to - from);
        return squares / (to - from) - mean * mean;
    }

    private void sumUp(float[] pixels, int newFrom, int newTo, double median) {
        double sumEven = 0;
        double sumOdd = 0;
        double squaresEven = 0;
        double squaresOdd = 0;
        int i = newFrom;
        for (; i + 1 < newTo; i += 2) {
            double even = pixels[i] - median;
            double odd = pixels[i + 1] - median;
            sumEven += even;
            sumOdd += odd;
            squaresEven += even * even;
            squaresOdd += odd * odd;
        }
        if (i < newTo) {
            double last = pixels[i] - median;
            sumEven += last;
            squaresEven += last * last;
        }
        sum = sumEven + sumOdd;
        squares = squaresEven + squaresOdd;
        from = newFrom;
        to = newTo;
        about = median;
    }

    /** The variance of a part of the last range; 0 if too little of the sums would remain to be accurate. */
    private double narrowedVariance(float[] pixels, int newFrom, int newTo) {
        double partSum = sum;
        double partSquares = squares;
        for (int i = from; i < newFrom; i++) {
            double excess = pixels[i] - about;
            partSum -= excess;
            partSquares -= excess * excess;
        }
        for (int i = newTo; i < to; i++) {
            double excess = pixels[i] - about;
            partSum -= excess;
            partSquares -= excess * excess;
        }
        double mean = partSum / (newTo - newFrom);
        double variance = partSquares / (newTo - newFrom) - mean * mean;
        // The rounding of the sums is some 1e-14 of them, which is then 1e-10 of the variance.
        return variance * (newTo - newFrom) > MIN_REMAINDER * squares ? variance : 0;
    }

    /** The sum of the excess of {@code count} pixels above {@code base}. */
    static double above(float[] pixels, int count, double base) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < count; i += 2) {
            even += OrderedPixels.twiceAbove(pixels[i], base);
            odd += OrderedPixels.twiceAbove(pixels[i + 1], base);
        }
        return 0.5 * (even + odd + (i < count ? OrderedPixels.twiceAbove(pixels[i], base) : 0));
    }
}
