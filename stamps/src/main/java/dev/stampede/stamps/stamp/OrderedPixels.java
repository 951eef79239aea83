package dev.stampede.stamps.stamp;

import java.util.Arrays;

/**
 * The unmasked pixels of one channel by rank, ordered no further than was asked for: they are thrown into buckets of
 * ascending value once, and a bucket is sorted when a rank inside it is read. Ranks count from 0, the faintest pixel.
 *
 * <p>Holds scratch memory: one instance a thread. Every answer is exact, whatever the values; ties and outliers only
 * cost time.
 */
public final class OrderedPixels {
    /** For a Gaussian, p75 - p25 = 1.3490 sigma; this is the inverse of that ratio. */
    public static final double SIGMA_PER_QUARTILE_RANGE = 0.7413;

    private static final int BUCKETS = 256;
    /** How many pixels are looked at to place the buckets. */
    private static final int SAMPLES = 24;
    /** The buckets reach this many quartile ranges beyond the quartiles: 4 sigma either way for a Gaussian. */
    private static final float REACH = 2.5f;
    /** So many pixels are sorted by insertion. */
    private static final int FEW = 16;
    /** A bucket with more than one of so many pixels takes too long to sort. */
    private static final int CROWD_SHARE = 3;
    /** Sums of which less than this share is left are formed anew. */
    private static final double LEAST_REMAINDER = 1e-4;

    private final float[] gathered;
    private final float[] ordered;
    private final int[] bucketOf;
    private final float[] sample = new float[SAMPLES];
    /** Where each bucket ends in {@code ordered}; it begins where the one before ends. */
    private final int[] end = new int[BUCKETS];

    private final boolean[] sorted = new boolean[BUCKETS];
    private int count;
    /** The range that was summed up last, about what, and its sums; none where it ends at 0. */
    private int summedFrom;

    private int summedTo;
    private double summedAbout;
    private double sum;
    private double squares;
    /** Whether {@code ordered} is in order as a whole, and the buckets are out of use. */
    private boolean ascending;

    private float least;
    private float greatest;
    private float origin;
    private float bucketsPerUnit;

    /** Room for channels of {@code pixels} pixels each. */
    public OrderedPixels(int pixels) {
        gathered = new float[pixels];
        ordered = new float[pixels];
        bucketOf = new int[pixels];
    }

    /** Takes the unmasked ones of the pixels that start at {@code offset} and answers how many they are. */
    public int load(float[] pixels, int offset, MaskRule rule) {
        ascending = false;
        summedTo = 0;
        gather(pixels, offset, rule);
        if (count > 0) {
            findExtremes();
            placeBuckets();
            fillBuckets();
        }
        return count;
    }

    /** Takes the first {@code number} of pixels that are unmasked and in ascending order already; at least one. */
    public void take(float[] inOrder, int number) {
        System.arraycopy(inOrder, 0, ordered, 0, number);
        ascending = true;
        summedTo = 0;
        count = number;
        least = inOrder[0];
        greatest = inOrder[number - 1];
    }

    /**
     * The same where the sums over these pixels are known: of what each has above {@code about}, and of its square. They
     * must be exact but for rounding.
     */
    public void take(float[] inOrder, int number, double about, double sumAbout, double squaresAbout) {
        take(inOrder, number);
        summedFrom = 0;
        summedTo = number;
        summedAbout = about;
        sum = sumAbout;
        squares = squaresAbout;
    }

    private void gather(float[] pixels, int offset, MaskRule rule) {
        int kept = 0;
        for (int i = 0; i < gathered.length; i++) {
            float pixel = pixels[offset + i];
            gathered[kept] = pixel;
            kept += rule.measurements(pixel);
        }
        count = kept;
    }

    private void findExtremes() {
        float low = gathered[0];
        float high = low;
        for (int i = 1; i < count; i++) {
            float pixel = gathered[i];
            if (pixel < low) {
                low = pixel;
            } else if (pixel > high) {
                high = pixel;
            }
        }
        least = low;
        greatest = high;
    }

    /** Spreads the buckets over the bulk of the values, so that one bright pixel cannot crowd the rest into one. */
    private void placeBuckets() {
        int samples = Math.min(SAMPLES, count);
        int stride = count / samples;
        for (int i = 0; i < samples; i++) {
            sample[i] = gathered[i * stride];
        }
        Arrays.sort(sample, 0, samples);
        float lower = sample[samples / 4];
        float upper = sample[samples - 1 - samples / 4];
        float margin = REACH * (upper - lower);
        float low = Math.max(least, lower - margin);
        float high = Math.min(greatest, upper + margin);
        if (!(high > low)) {
            low = least;
            high = greatest;
        }
        origin = low;
        bucketsPerUnit = BUCKETS / (high - low);
    }

    /** Never falls while the pixel rises, also where the product overflows or is NaN (which the cast makes 0). */
    private int bucketOf(float pixel) {
        return Math.max(0, Math.min(BUCKETS - 1, (int) ((pixel - origin) * bucketsPerUnit)));
    }

    private void fillBuckets() {
        Arrays.fill(sorted, false);
        int fullest = countByBucket();
        int next = fullest + 1 < BUCKETS ? end[fullest + 1] : count;
        if ((next - end[fullest]) * CROWD_SHARE > count && bucketsPerUnit * BUCKETS < Float.POSITIVE_INFINITY) {
            // Values of two kinds, such as noise and the zeros of a mask: the buckets go where most of them are.
            origin += fullest / bucketsPerUnit;
            bucketsPerUnit *= BUCKETS;
            countByBucket();
        }
        for (int i = 0; i < count; i++) {
            ordered[end[bucketOf[i]]++] = gathered[i];
        }
    }

    /** Finds the bucket of each pixel and, in {@code end}, where each bucket begins; answers the fullest. */
    private int countByBucket() {
        Arrays.fill(end, 0);
        for (int i = 0; i < count; i++) {
            int bucket = bucketOf(gathered[i]);
            bucketOf[i] = bucket;
            end[bucket]++;
        }
        int begin = 0;
        int most = 0;
        int fullest = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int size = end[bucket];
            if (size > most) {
                most = size;
                fullest = bucket;
            }
            end[bucket] = begin;
            begin += size;
        }
        return fullest;
    }

    private int beginOf(int bucket) {
        return bucket == 0 ? 0 : end[bucket - 1];
    }

    private void sort(int bucket) {
        if (!sorted[bucket]) {
            int begin = beginOf(bucket);
            if (end[bucket] - begin <= FEW) {
                insert(begin, end[bucket]);
            } else {
                Arrays.sort(ordered, begin, end[bucket]);
            }
            sorted[bucket] = true;
        }
    }

    /** Sorts a range of few pixels, where a general sort would spend its time on preparations. */
    private void insert(int begin, int limit) {
        for (int i = begin + 1; i < limit; i++) {
            float pixel = ordered[i];
            int place = i;
            while (place > begin && ordered[place - 1] > pixel) {
                ordered[place] = ordered[place - 1];
                place--;
            }
            ordered[place] = pixel;
        }
    }

    /** How many pixels are unmasked. */
    public int count() {
        return count;
    }

    /** The faintest unmasked pixel; there must be one. */
    public float least() {
        return least;
    }

    /** The brightest unmasked pixel; there must be one. */
    public float greatest() {
        return greatest;
    }

    /** The pixel of that rank, 0 to {@code count() - 1}. */
    public float at(int rank) {
        if (!ascending) {
            sort(bucketOf(ordered[rank]));
        }
        return ordered[rank];
    }

    /**
     * The value below which {@code fraction} (0 to 1) of the pixels lie, linear between the two nearest ranks: what
     * {@code numpy.percentile} answers by default. There must be a pixel.
     */
    public double percentile(double fraction) {
        double place = (count - 1) * fraction;
        int rank = (int) place;
        double below = at(rank);
        double share = place - rank;
        return share == 0 ? below : below + share * (at(rank + 1) - below);
    }

    /** {@value #SIGMA_PER_QUARTILE_RANGE} (p75 - p25): the standard deviation if the pixels are Gaussian. */
    public double sigmaG() {
        return SIGMA_PER_QUARTILE_RANGE * (percentile(0.75) - percentile(0.25));
    }

    /** The median of the pixels whose rank is in {@code [from, to)}, of which there must be one. */
    public double median(int from, int to) {
        int middle = (from + to) >>> 1;
        double upper = at(middle);
        return ((to - from) & 1) == 1 ? upper : 0.5 * (at(middle - 1) + upper);
    }

    /** The rank of the first pixel that is not below {@code bound}; {@link #count()} if all are. */
    public int firstNotBelow(double bound) {
        if (ascending) {
            int first = 0; // clipping leaves few beyond its bounds
            while (first < count && ordered[first] < bound) {
                first++;
            }
            return first;
        }
        int bucket = bucketOf((float) bound);
        sort(bucket);
        int rank = beginOf(bucket);
        while (rank < end[bucket] && ordered[rank] < bound) {
            rank++;
        }
        return rank;
    }

    /** The rank of the first pixel above {@code bound}; {@link #count()} if none is. */
    public int firstAbove(double bound) {
        if (ascending) {
            int first = count;
            while (first > 0 && ordered[first - 1] > bound) {
                first--;
            }
            return first;
        }
        int bucket = bucketOf((float) bound);
        sort(bucket);
        int rank = end[bucket];
        while (rank > beginOf(bucket) && ordered[rank - 1] > bound) {
            rank--;
        }
        return rank;
    }

    /**
     * The population variance of the pixels whose rank is in {@code [from, to)}, given their median. Exact to rounding
     * although it takes one pass: the mean is never further from the median than one standard deviation, so the
     * difference of the two sums keeps at least half of the first.
     */
    public double variance(int from, int to, double median) {
        at(from);
        at(to - 1); // the range now holds the right pixels, whatever their order inside
        if (summedTo > 0 && from >= summedFrom && to <= summedTo) {
            double narrowed = narrowedVariance(from, to);
            if (narrowed > 0) {
                return narrowed;
            }
        }
        sumUp(from, to, median);
        double mean = sum / (to - from);
        return squares / (to - from) - mean * mean;
    }

    /** The sums over the range, of what each pixel has above {@code median}. */
    private void sumUp(int from, int to, double median) {
        double sumEven = 0;
        double sumOdd = 0;
        double squaresEven = 0;
        double squaresOdd = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            double even = ordered[i] - median;
            double odd = ordered[i + 1] - median;
            sumEven += even;
            sumOdd += odd;
            squaresEven += even * even;
            squaresOdd += odd * odd;
        }
        if (i < to) {
            double last = ordered[i] - median;
            sumEven += last;
            squaresEven += last * last;
        }
        sum = sumEven + sumOdd;
        squares = squaresEven + squaresOdd;
        summedFrom = from;
        summedTo = to;
        summedAbout = median;
    }

    /**
     * The variance of a part of the range that was summed up last: its sums less those of what was clipped off, which
     * is little. 0 where too little of the sums would remain to be exact, such as without a pixel that outshone all.
     */
    private double narrowedVariance(int from, int to) {
        double partSum = sum;
        double partSquares = squares;
        for (int i = summedFrom; i < from; i++) {
            double excess = ordered[i] - summedAbout;
            partSum -= excess;
            partSquares -= excess * excess;
        }
        for (int i = to; i < summedTo; i++) {
            double excess = ordered[i] - summedAbout;
            partSum -= excess;
            partSquares -= excess * excess;
        }
        double mean = partSum / (to - from);
        double variance = partSquares / (to - from) - mean * mean;
        // The rounding of the sums is some 1e-14 of them; beside this it is 1e-10 of the variance.
        return variance * (to - from) > LEAST_REMAINDER * squares ? variance : 0;
    }

    /** The sum over all pixels of what each has above {@code base}. */
    public double sumAbove(double base) {
        float[] all = ascending ? ordered : gathered;
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < count; i += 2) {
            even += twiceAbove(all[i], base);
            odd += twiceAbove(all[i + 1], base);
        }
        return 0.5 * (even + odd + (i < count ? twiceAbove(all[i], base) : 0));
    }

    /** Twice what {@code pixel} has above {@code base}, 0 if it is below: exact, and without a branch. */
    public static double twiceAbove(float pixel, double base) {
        double excess = pixel - base;
        return excess + Math.abs(excess);
    }
}
