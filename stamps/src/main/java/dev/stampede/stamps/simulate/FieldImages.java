package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Plane;
import java.util.function.IntUnaryOperator;

/**
 * Whole images of one field in many exposures, in the frame of the sky, with the sky, the artefacts and the masks of simulated
 * candidates. Positions are rows and columns of the images, from 0; what lies outside is cut off. Arrays are reused by the next
 * field; not thread-safe.
 */
public final class FieldImages {
    /** Light is painted in patches of that many rows and columns plus a margin: a wing of 4 pixels reaches 5 sigma. */
    private static final int PATCH_SIZE = 37;

    private final ExposureStack stack;
    private final Sky sky;
    private final ResidualBackground residual;
    /** The conditions of the exposures, for painters, around what they paint. */
    private final ExposureStack patch;

    private final SignalStack signal;
    private final MatchedFilter filter;
    private final TrajectoryWindow window;

    private FieldImages(StackShape shape, StackShape patchShape) {
        stack = new ExposureStack(shape);
        sky = new Sky(shape);
        residual = new ResidualBackground(shape);
        patch = new ExposureStack(patchShape);
        signal = new SignalStack(patchShape);
        filter = new MatchedFilter(patchShape);
        window = new TrajectoryWindow(patchShape);
    }

    /**
     * Fields of that shape.
     *
     * @param side rows and columns of an image, 64 or more
     * @param minExposures the minimum number of exposures, 2 or more
     * @param maxExposures the maximum number
     */
    public static FieldImages of(int side, int minExposures, int maxExposures) {
        return new FieldImages(
                new StackShape(side - 2 * StackShape.MARGIN, minExposures, maxExposures),
                new StackShape(PATCH_SIZE, minExposures, maxExposures));
    }

    /**
     * Begins a new field: draws the exposures, their noise and the residual sky.
     *
     * @param correlation of neighbours in a median of the exposures, 0 to 0.35
     */
    public void observe(double correlation, RandomStream random) {
        sky.observeField(stack, correlation, random);
        residual.addSmall(stack, random);
        patch.exposures = stack.exposures;
        for (int t = 0; t < stack.exposures; t++) {
            patch.sigma[t] = stack.sigma[t];
            patch.seeingSigmaPixels[t] = stack.seeingSigmaPixels[t];
            patch.alongRow[t] = stack.alongRow[t];
            patch.alongColumn[t] = stack.alongColumn[t];
        }
        window.centre(patch);
    }

    /** The number of exposures of the field. */
    public int exposures() {
        return stack.exposures;
    }

    /** The standard deviation of the noise of a pixel, without residuals of the sky. */
    public double sigma(int exposure) {
        return stack.sigma[exposure];
    }

    /** The standard deviation of the core of the point-spread function, pixels. */
    public double psfSigmaPixels(int exposure) {
        return stack.seeingSigmaPixels[exposure];
    }

    /** Adds a point source of that total flux to one exposure. */
    public void addPointSource(int exposure, double row, double column, double flux) {
        int nearRow = (int) Math.rint(row);
        int nearColumn = (int) Math.rint(column);
        signal.clearExposure(exposure);
        signal.addPointSpread(exposure, row - nearRow, column - nearColumn, stack.seeingSigmaPixels[exposure], flux);
        addPatch(exposure, nearRow, nearColumn, 1);
    }

    /** Adds a cosmic ray to one exposure: a total charge of {@code charge} times the noise of a pixel. */
    public void addCosmicRay(int exposure, int row, int column, double charge, RandomStream random) {
        signal.clearExposure(exposure);
        CosmicRay.Track.random(random).paint(signal, exposure, charge * stack.sigma[exposure]);
        addPatch(exposure, row, column, 1);
    }

    /**
     * Adds the residue of a star.
     *
     * @param strength a factor of the S/N of the residues of candidates
     */
    public void addStarResidue(int row, int column, double strength, RandomStream random) {
        paint(StarResidue.CANDIDATE, strength, t -> row, t -> column, random);
    }

    /**
     * Adds a defect of the detector.
     *
     * @param strength a factor of the S/N of the defects of candidates
     * @param row its row in an exposure
     * @param column its column in an exposure
     */
    public void addDetectorDefect(double strength, IntUnaryOperator row, IntUnaryOperator column, RandomStream random) {
        paint(new DetectorDefect(), strength, row, column, random);
    }

    private void paint(
            SignalPainter painter,
            double strength,
            IntUnaryOperator row,
            IntUnaryOperator column,
            RandomStream random) {
        signal.clear(stack.exposures);
        Appearance appearance = painter.paint(patch, signal, random);
        double unit = filter.signalToNoise(Plane.WEIGHTED, patch, window, signal);
        double amplitude = unit == 0 ? 0 : strength * appearance.signalToNoise() / unit;
        for (int t = 0; t < stack.exposures; t++) {
            addPatch(t, row.applyAsInt(t), column.applyAsInt(t), amplitude);
        }
    }

    private void addPatch(int exposure, int row, int column, double amplitude) {
        int side = stack.shape.side();
        int patchSide = patch.shape.side();
        int top = row - patch.shape.centre();
        int left = column - patch.shape.centre();
        float factor = (float) amplitude;
        for (int r = Math.max(0, -top); r < Math.min(patchSide, side - top); r++) {
            int from = exposure * patch.shape.pixels() + r * patchSide;
            int to = exposure * stack.shape.pixels() + (top + r) * side + left;
            for (int c = Math.max(0, -left); c < Math.min(patchSide, side - left); c++) {
                stack.pixels[to + c] += factor * signal.values[from + c];
            }
        }
    }

    /**
     * Masks scattered pixels, bad columns of the detector, stars, and by chance what lies beyond an edge of the detector.
     *
     * @param driftColumns the motion of the sky over the detector along columns, from the first exposure to the last, pixels
     */
    public void mask(int badColumns, int stars, boolean edge, double driftColumns, RandomStream random) {
        Masks.scatter(stack, random);
        for (int i = 0; i < stars; i++) {
            Masks.star(stack, random);
        }
        stack.trailColumns = driftColumns;
        for (int i = 0; i < badColumns; i++) {
            Masks.badColumn(stack, random);
        }
        if (edge) {
            Masks.edge(stack, random, stack.shape.centre() * random.uniform(0.5, 1), 1);
        }
        stack.trailColumns = 0;
    }

    /** Masks a disc in all exposures. */
    public void maskDisc(int row, int column, double radius) {
        int side = stack.shape.side();
        int reach = (int) radius;
        for (int r = Math.max(0, row - reach); r <= Math.min(side - 1, row + reach); r++) {
            for (int c = Math.max(0, column - reach); c <= Math.min(side - 1, column + reach); c++) {
                if ((r - row) * (r - row) + (c - column) * (c - column) <= radius * radius) {
                    for (int t = 0; t < stack.exposures; t++) {
                        stack.masked[t * stack.shape.pixels() + r * side + c] = true;
                    }
                }
            }
        }
    }

    /** A new array of the pixels of an exposure, row by row; a masked one is NaN. */
    public float[] image(int exposure) {
        float[] image = new float[stack.shape.pixels()];
        int from = exposure * image.length;
        for (int i = 0; i < image.length; i++) {
            image[i] = stack.masked[from + i] ? Float.NaN : stack.pixels[from + i];
        }
        return image;
    }
}
