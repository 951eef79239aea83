package dev.stampede.stamps.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A shift-and-stack search as KBMOD does it (Whidden et al. 2019, AJ 157, 119): for each start pixel and each velocity of a grid
 * the likelihood sum(psi) / sqrt(sum(phi)) along the trajectory, rounded to pixels; of each start the best; their light curves
 * clipped by sigmaG; and of neighbours in position and velocity the best. The same input gives the same result, bit for bit.
 */
public final class TrajectorySearch {
    /** Starts that are added up together: their sums stay in the first-level cache, their psi pixels in the second. */
    private static final int BLOCK = 1024;

    /** Memory of a velocity without its shifts, and of a detection in lists of them, bytes. */
    private static final long VELOCITY_BYTES = 64;

    private static final long DETECTION_BYTES = 96;
    /** Memory of the correlation with the point-spread function for a pixel, bytes. */
    private static final long CORRELATION_BYTES = 32;

    private final LikelihoodImages images;
    private final SearchSettings settings;
    private final List<Velocity> velocities;
    private final List<int[]> shifts;
    private final int minObservations;
    /** The square root of the minimum of sum(phi) of a trajectory with enough observations. */
    private final float minRootPhi;

    private TrajectorySearch(ImageStack stack, SearchSettings settings) {
        this.settings = settings;
        velocities = settings.grid().velocities();
        images = LikelihoodImages.of(stack, velocities);
        shifts = velocities.stream().map(images::shifts).toList();
        minObservations = settings.minObservations(stack.exposures().size());
        minRootPhi = (float) Math.sqrt(minPhi());
    }

    /** The candidates in {@code stack}, the highest likelihood first. */
    public static List<Detection> search(ImageStack stack, SearchSettings settings) {
        TrajectorySearch search = new TrajectorySearch(stack, settings);
        List<Detection> all = search.detections(search.bestOfEachStart());
        return TrajectoryClusters.best(all, settings.clusterRadiusPixels(), stack.durationDays());
    }

    /**
     * The memory that a search needs in addition to its stack, if every trajectory is selected; bytes.
     *
     * @param width columns of an image
     * @param height rows of an image
     * @param days the duration of the stack
     */
    public static long maxBytes(int width, int height, int exposures, double days, SearchSettings settings) {
        long margin = (long) Math.ceil(settings.grid().maxSpeed() * days) + 2;
        long stride = width + margin;
        long psi = stride * (height + 2 * margin + 2) * exposures * Float.BYTES;
        long velocities = settings.grid().size() * (VELOCITY_BYTES + (long) exposures * Integer.BYTES);
        long best = stride * height * settings.resultsPerPixel() * (Float.BYTES + Integer.BYTES);
        long pixels = (long) width * height;
        return psi + velocities + best + pixels * (CORRELATION_BYTES + DETECTION_BYTES * settings.resultsPerPixel());
    }

    private double minPhi() {
        double[] phi = new double[images.exposures()];
        for (int t = 0; t < phi.length; t++) {
            phi[t] = images.phi(t);
        }
        Arrays.sort(phi);
        double sum = 0;
        for (int t = 0; t < minObservations; t++) {
            sum += phi[t];
        }
        return sum;
    }

    private BestPerStart bestOfEachStart() {
        BestPerStart best = new BestPerStart(images.starts(), settings.resultsPerPixel());
        LightCurve curve = new LightCurve(images);
        float[] sums = new float[BLOCK];
        int[] above = new int[BLOCK];
        for (int start = 0; start < images.starts(); start += BLOCK) {
            int count = Math.min(BLOCK, images.starts() - start);
            for (int v = 0; v < velocities.size(); v++) {
                images.addUp(shifts.get(v), start, count, sums);
                int found = above(sums, count, (float) (settings.minLikelihood() * minRootPhi), above);
                for (int i = 0; i < found; i++) {
                    add(start + above[i], v, sums[above[i]], curve, best);
                }
            }
        }
        return best;
    }

    /**
     * The indices of the sums above {@code limit}, and their number. Whatever is masked, sum(phi) is at least that of the
     * shallowest exposures, so only these can reach the minimum likelihood; phi is added up for them alone.
     */
    private static int above(float[] sums, int count, float limit, int[] indices) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (sums[i] >= limit) {
                indices[found++] = i;
            }
        }
        return found;
    }

    /** Adds a trajectory with that sum of psi, unless the best of its start are better, whatever is masked. */
    private void add(int start, int velocity, float psi, LightCurve curve, BestPerStart best) {
        if (psi <= best.floor(start) * minRootPhi
                || images.column(start) >= images.stack().width()) {
            return;
        }
        curve.read(shifts.get(velocity), start);
        if (isSelected(curve)) {
            best.add(start, velocity, (float) curve.likelihood());
        }
    }

    private boolean isSelected(LightCurve curve) {
        return curve.observations() >= minObservations && curve.likelihood() >= settings.minLikelihood();
    }

    /** The best of each start that are still selected after clipping. */
    private List<Detection> detections(BestPerStart best) {
        List<Detection> detections = new ArrayList<>();
        LightCurve curve = new LightCurve(images);
        for (int start = 0; start < images.starts(); start++) {
            for (int rank = 0; rank < best.perStart() && best.velocity(start, rank) >= 0; rank++) {
                int velocity = best.velocity(start, rank);
                curve.read(shifts.get(velocity), start);
                curve.clip(settings.clipSigmas());
                if (isSelected(curve)) {
                    Trajectory trajectory =
                            new Trajectory(images.column(start), images.row(start), velocities.get(velocity));
                    detections.add(new Detection(trajectory, curve.likelihood(), curve.flux(), curve.exposures()));
                }
            }
        }
        return detections;
    }
}
