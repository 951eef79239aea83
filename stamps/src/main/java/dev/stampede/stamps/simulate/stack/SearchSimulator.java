package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.search.ExposureImage;
import dev.stampede.stamps.search.SearchSettings;
import dev.stampede.stamps.search.TrajectoryCoadder;
import dev.stampede.stamps.search.TrajectorySearch;
import dev.stampede.stamps.search.VelocityGrid;
import java.util.List;

/**
 * Simulates fields and searches them. The candidates of a field depend only on the seed and its index, with the same bytes on
 * every Java version. Thread-safe.
 */
public final class SearchSimulator {
    /** The distance of neighbouring trajectories of the grid in the last exposure, pixels. */
    private static final double GRID_STEP_PIXELS = 2;

    private static final double FWHM_OF_SIGMA = 2.3548200450309493;

    private final SearchSimulation settings;
    private final ThreadLocal<FieldSimulator> fields;

    private SearchSimulator(SearchSimulation settings, long seed) {
        this.settings = settings;
        fields = ThreadLocal.withInitial(() -> FieldSimulator.of(settings.fields(), seed));
    }

    public static SearchSimulator of(SearchSimulation settings, long seed) {
        return new SearchSimulator(settings, seed);
    }

    /** The candidates in the field of that index, 0 or more, the highest likelihood first. */
    public List<SearchedCandidate> candidates(long index) {
        SimulatedField field = fields.get().field(index);
        List<Detection> detections = TrajectorySearch.search(field.stack(), searchSettings(field));
        TrajectoryCoadder coadder = new TrajectoryCoadder(field.stack(), settings.planes(), settings.size());
        double psfFwhmPixels = FWHM_OF_SIGMA
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

    private SearchSettings searchSettings(SimulatedField field) {
        FieldSettings limits = settings.fields();
        VelocityGrid grid = VelocityGrid.covering(
                limits.minSpeed(),
                limits.maxSpeed(),
                field.directionDegrees() - limits.halfAngleDegrees(),
                field.directionDegrees() + limits.halfAngleDegrees(),
                field.stack().durationDays(),
                GRID_STEP_PIXELS);
        return SearchSettings.standard(grid)
                .withMinLikelihood(settings.minLikelihood())
                .withClipSigmas(settings.clipSigmas());
    }
}
