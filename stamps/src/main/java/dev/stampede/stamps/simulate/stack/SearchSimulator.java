package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.search.ExposureImage;
import dev.stampede.stamps.search.SearchSettings;
import dev.stampede.stamps.search.TrajectoryCoadder;
import dev.stampede.stamps.search.TrajectorySearch;
import dev.stampede.stamps.search.VelocityGrid;
import dev.stampede.stamps.stamp.Gaussian;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Simulates fields and searches them. The candidates of a field depend only on the seed and its index, with the same bytes on
 * every Java version. Thread-safe.
 */
public final class SearchSimulator {
    /** The distance of neighbouring trajectories of the grid in the last exposure, pixels. */
    private static final double GRID_STEP_PIXELS = 2;

    private static final int HOURS_PER_DAY = 24;

    /** Memory of an exposure for a pixel: its image, the image that it is a copy of, and the mask of that; bytes. */
    private static final long EXPOSURE_BYTES = 9;
    /** Memory of the noise and of the residual sky for a pixel, bytes. */
    private static final long SKY_BYTES = 32;

    private final SearchSimulation settings;
    private final long seed;
    /** Those that no thread uses: as many as there were fields at the same time. */
    private final Queue<FieldSimulator> idle = new ConcurrentLinkedQueue<>();

    private SearchSimulator(SearchSimulation settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    public static SearchSimulator of(SearchSimulation settings, long seed) {
        return new SearchSimulator(settings, seed);
    }

    /** The memory that the simulation and the search of one field need at most, bytes. */
    public long maxFieldBytes() {
        FieldSettings fields = settings.fields();
        long pixels = (long) fields.side() * fields.side();
        double days = fields.maxHours() / HOURS_PER_DAY;
        return pixels * (SKY_BYTES + EXPOSURE_BYTES * fields.maxExposures())
                + TrajectorySearch.maxBytes(
                        fields.side(), fields.side(), fields.maxExposures(), days, searchSettings(0, days));
    }

    /** The candidates in the field of that index, 0 or more, the highest likelihood first. */
    public List<SearchedCandidate> candidates(long index) {
        SimulatedField field = field(index);
        List<Detection> detections = TrajectorySearch.search(
                field.stack(),
                searchSettings(field.directionDegrees(), field.stack().durationDays()));
        TrajectoryCoadder coadder = new TrajectoryCoadder(field.stack(), settings.planes(), settings.size());
        double psfFwhmPixels = Gaussian.FWHM_OF_SIGMA
                * field.stack().exposures().stream()
                        .mapToDouble(ExposureImage::psfSigmaPixels)
                        .average()
                        .orElseThrow();
        return detections.stream()
                .map(detection -> {
                    TruthMatch match = TruthMatch.of(detection, field);
                    return new SearchedCandidate(
                            coadder.coadd(detection),
                            detection,
                            match.truth(),
                            match.signalToNoise(),
                            match.fwhmPixels(),
                            match.offsetRow(),
                            match.offsetColumn(),
                            field.stack().exposures().size(),
                            psfFwhmPixels,
                            index);
                })
                .toList();
    }

    private SimulatedField field(long index) {
        FieldSimulator simulator =
                Optional.ofNullable(idle.poll()).orElseGet(() -> FieldSimulator.of(settings.fields(), seed));
        SimulatedField field = simulator.field(index);
        idle.add(simulator);
        return field;
    }

    private SearchSettings searchSettings(double directionDegrees, double days) {
        FieldSettings limits = settings.fields();
        VelocityGrid grid = VelocityGrid.covering(
                limits.minSpeed(),
                limits.maxSpeed(),
                directionDegrees - limits.halfAngleDegrees(),
                directionDegrees + limits.halfAngleDegrees(),
                days,
                GRID_STEP_PIXELS);
        return SearchSettings.standard(grid)
                .withMinLikelihood(settings.minLikelihood())
                .withClipSigmas(settings.clipSigmas());
    }
}
