package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.search.ExposureImage;
import dev.stampede.stamps.search.ImageStack;
import dev.stampede.stamps.search.Trajectory;
import dev.stampede.stamps.stamp.Gaussian;
import java.util.List;

/**
 * The class of a detection, and for a real one its mover.
 *
 * @param truth the class
 * @param signalToNoise of the mover; NaN if the detection is not real
 * @param offsetRow the mean position of the mover over the exposures kept, rows from the trajectory; NaN if it is not real
 * @param offsetColumn the same in columns
 * @param fwhmPixels the full width at half maximum of the mover in the coadd: the point-spread function and the distances from the
 *     trajectory; NaN if it is not real
 */
record TruthMatch(TruthClass truth, double signalToNoise, double offsetRow, double offsetColumn, double fwhmPixels) {
    /** A trajectory whose root mean square distance from a mover is below this, in pixels, is that of the mover. */
    static final double MAX_DISTANCE = 2.5;
    /** A detection that owes this share of its flux to movers is no false one. */
    static final double MIN_LIGHT_SHARE = 0.2;

    static TruthMatch of(Detection detection, SimulatedField field) {
        TruthMatch best = new TruthMatch(TruthClass.FALSE, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        double nearest = MAX_DISTANCE;
        double light = 0;
        for (Mover mover : field.movers()) {
            Path path = Path.of(detection, mover, field.stack());
            light += path.light;
            if (path.distance < nearest) {
                nearest = path.distance;
                best = new TruthMatch(TruthClass.REAL, mover.signalToNoise(), path.row, path.column, path.fwhm);
            }
        }
        if (best.truth == TruthClass.FALSE && light >= MIN_LIGHT_SHARE * detection.flux()) {
            return new TruthMatch(TruthClass.PARTIAL, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return best;
    }

    /**
     * A mover as seen from a trajectory, over the exposures kept: its mean row and column, its root mean square distance, the
     * width of its coadd, and the flux that the search measures of it, if nothing is masked.
     */
    private record Path(double row, double column, double distance, double fwhm, double light) {
        static Path of(Detection detection, Mover mover, ImageStack stack) {
            Trajectory trajectory = detection.trajectory();
            List<ExposureImage> exposures = stack.exposures();
            double row = 0;
            double column = 0;
            double squares = 0;
            double widths = 0;
            double light = 0;
            double phis = 0;
            for (int t = 0; t < exposures.size(); t++) {
                if (detection.keeps(t)) {
                    ExposureImage exposure = exposures.get(t);
                    double rows = mover.rowAt(exposure.timeDays()) - trajectory.rowAt(exposure.timeDays());
                    double columns = mover.columnAt(exposure.timeDays()) - trajectory.columnAt(exposure.timeDays());
                    double square = rows * rows + columns * columns;
                    double width = exposure.psfSigmaPixels() * exposure.psfSigmaPixels();
                    double phi = 1 / (width * exposure.sigma() * exposure.sigma());
                    row += rows;
                    column += columns;
                    squares += square;
                    widths += width;
                    light += phi * mover.flux() * StrictMath.exp(-square / (4 * width));
                    phis += phi;
                }
            }
            int count = detection.exposureCount();
            double drift = squares - (row * row + column * column) / count;
            return new Path(
                    row / count,
                    column / count,
                    Math.sqrt(squares / count),
                    Gaussian.FWHM_OF_SIGMA * Math.sqrt((widths + drift / 2) / count),
                    light / phis);
        }
    }
}
