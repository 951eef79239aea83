package dev.stampede.stamps.stamp;

import java.util.Arrays;

/**
 * The unmasked pixels of one plane by rank, sorted lazily: they are distributed once over buckets of ascending value,
 * and a bucket is sorted when a rank inside it is read. Ranks count from 0, the faintest pixel. Every result is exact;
 * ties and outliers only cost time. Not thread-safe.
 */
public final class OrderedPixels {
    /** For a Gaussian, p75 - p25 = 1.3490 sigma; this is the inverse of that ratio. */
    public static final double SIGMA_PER_QUARTILE_RANGE = 0.7413;

    private static final int BUCKETS = 256;
    /** The number of pixels that are sampled to place the buckets. */
    private static final int SAMPLES = 24;
    /** The buckets extend this many quartile ranges beyond the quartiles: 4 sigma either way for a Gaussian. */
    private static final float REACH = 2.5f;
    /** Up to this many pixels are sorted by insertion. */
    private static final int FEW = 16;
    /** A bucket with more than this share of the pixels (1 in 3) takes too long to sort. */
    private static final int CROWD_SHARE = 3;

    private final float[] gathered;
    private final float[] ordered;
    private final int[] bucketOf;
    private final float[] sample = new float[SAMPLES];
    /** The end of each bucket in {@code ordered}; it begins at the end of the previous one. */
    private final int[] end = new int[BUCKETS];

    private final boolean[] sorted = new boolean[BUCKETS];
    private final RangeSums sums = new RangeSums();
    private int count;
    /** Whether {@code ordered} is sorted completely and the buckets are not used. */
    private boolean ascending;

    private float min;
    private float max;
    private float origin;
    private float bucketsPerUnit;

    /** Room for planes of {@code pixels} pixels each. */
    public OrderedPixels(int pixels) {
        gathered = new float[pixels];
        ordered = new float[pixels];
        bucketOf = new int[pixels];
    }

    /** Loads the unmasked pixels of the plane that starts at {@code offset} and returns their number. */
    public int load(float[] pixels, int offset, MaskRule rule) {
        ascending = false;
        sums.clear();
        gather(pixels, offset, rule);
        if (count > 0) {
            findExtremes();
            placeBuckets();
            fillBuckets();
        }
        return count;
    }

    /** Loads {@code number} pixels, one or more, that are unmasked and already in ascending order. */
    public void take(float[] inOrder, int number) {
        System.arraycopy(inOrder, 0, ordered, 0, number);
        ascending = true;
        sums.clear();
        count = number;
        min = inOrder[0];
        max = inOrder[number - 1];
    }

    /**
     * The same with known sums over these pixels: of their differences from {@code about}, and of the squares of these.
     * They must be exact except for rounding.
     */
    public void take(float[] inOrder, int number, double about, double sumAbout, double squaresAbout) {
        take(inOrder, number);
        sums.set(number, about, sumAbout, squaresAbout);
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
        min = low;
        max = high;
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
        float low = Math.max(min, lower - margin);
        float high = Math.min(max, upper + margin);
        if (!(high > low)) {
            low = min;
            high = max;
        }
        origin = low;
        bucketsPerUnit = BUCKETS / (high - low);
    }

    /** Monotonic in the pixel, also if the product overflows or is NaN (which the cast converts to 0). */
    private int bucketOf(float pixel) {
        return Math.max(0, Math.min(BUCKETS - 1, (int) ((pixel - origin) * bucketsPerUnit)));
    }

    private void fillBuckets() {
        Arrays.fill(sorted, false);
        int fullest = countByBucket();
        int next = fullest + 1 < BUCKETS ? end[fullest + 1] : count;
        if ((next - end[fullest]) * CROWD_SHARE > count && bucketsPerUnit * BUCKETS < Float.POSITIVE_INFINITY) {
            // Values of two kinds, such as noise and the zeros of a mask: place the buckets over the larger group.
            origin += fullest / bucketsPerUnit;
            bucketsPerUnit *= BUCKETS;
            countByBucket();
        }
        for (int i = 0; i < count; i++) {
            ordered[end[bucketOf[i]]++] = gathered[i];
        }
    }

    /** Finds the bucket of each pixel and, in {@code end}, where each bucket begins; returns the fullest bucket. */
    private int countByBucket() {
        Arrays.fill(end, 0);
        for (int i = 0; i < count; i++) {
            int bucket = bucketOf(gathered[i]);
            bucketOf[i] = bucket;
            end[bucket]++;
        }
        int begin = 0;
        int max = 0;
        int fullest = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int size = end[bucket];
            if (size > max) {
                max = size;
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

    /** Insertion sort, which is faster than a general one for few pixels. */
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

    /** The number of unmasked pixels. */
    public int count() {
        return count;
    }

    /** The faintest unmasked pixel; there must be one. */
    public float min() {
        return min;
    }

    /** The brightest unmasked pixel; there must be one. */
    public float max() {
        return max;
    }

    /** The pixel of that rank, 0 to {@code count() - 1}. */
    public float at(int rank) {
        if (!ascending) {
            sort(bucketOf(ordered[rank]));
        }
        return ordered[rank];
    }

    /**
     * The value below which {@code fraction} (0 to 1) of the pixels lie, linearly interpolated as {@code numpy.percentile}
     * does by default. There must be a pixel.
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
            int first = 0; // clipping leaves few pixels outside its bounds
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
     * The population variance of the pixels whose rank is in {@code [from, to)}, given their median. One pass is accurate:
     * the mean is within one standard deviation of the median, so the subtraction leaves half of the first sum or more.
     */
    public double variance(int from, int to, double median) {
        at(from);
        at(to - 1); // the range now contains the right pixels, in any order
        return sums.variance(ordered, from, to, median);
    }

    /** The sum of the excess of all pixels above {@code base}; pixels below it count as 0. */
    public double sumAbove(double base) {
        return RangeSums.above(ascending ? ordered : gathered, count, base);
    }

    /** Twice the excess of {@code pixel} above {@code base}, 0 if it is below: exact, and without a branch. */
    public static double twiceAbove(float pixel, double base) {
        double excess = pixel - base;
        return excess + Math.abs(excess);
    }
}
