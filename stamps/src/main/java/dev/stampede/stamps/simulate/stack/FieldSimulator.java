package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.search.ExposureImage;
import dev.stampede.stamps.search.ImageStack;
import dev.stampede.stamps.search.Velocity;
import dev.stampede.stamps.simulate.FieldImages;
import java.util.ArrayList;
import java.util.List;

/** Draws fields with movers. A field depends only on the seed and its index. Reuses its arrays; not thread-safe. */
final class FieldSimulator {
    /** The purpose of the random stream. */
    private static final long FIELD = 5;

    private static final double HOURS_PER_DAY = 24;
    /** The area for which the numbers of artefacts are stated, pixels. */
    private static final double AREA = 65_536;
    /** The highest correlation of neighbours in a median coadd, which the noise of the search leaves out. */
    private static final double MAX_CORRELATION = 0.3;
    /** The residues of stars in that area, from a field far from the galactic plane to a crowded one. */
    private static final double MIN_RESIDUES = 5;

    private static final double MAX_RESIDUES = 80;
    /** The share of the residues that a mask covers. */
    private static final double MASKED_RESIDUES = 0.5;
    /** The cosmic rays in that area and exposure that were not removed. */
    private static final double MIN_COSMIC_RAYS = 2;

    private static final double MAX_COSMIC_RAYS = 60;
    /** Bright defects are masked: what remains is this share of those that candidates show. */
    private static final double DEFECT_STRENGTH = 0.05;
    /** The maximum drift of the sky over the detector within a night, pixels. */
    private static final double MAX_DRIFT = 10;

    private final FieldSettings settings;
    private final long seed;
    private final FieldImages images;

    private FieldSimulator(FieldSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        images = FieldImages.of(settings.side(), settings.minExposures(), settings.maxExposures());
    }

    static FieldSimulator of(FieldSettings settings, long seed) {
        return new FieldSimulator(settings, seed);
    }

    /** The field of that index, 0 or more. */
    SimulatedField field(long index) {
        RandomStream random = RandomStream.of(seed, index, FIELD);
        images.observe(random.uniform(0, MAX_CORRELATION), random);
        double[] days = days(random);
        double area = (double) settings.side() * settings.side() / AREA;
        addResidues(area, random);
        addCosmicRays(area, random);
        double drift = random.uniform(-MAX_DRIFT, MAX_DRIFT);
        addDefects(area, drift, random);
        double direction = random.uniform(0, 360);
        List<Mover> movers = movers(days, direction, random);
        addMovers(movers, days, random);
        images.mask(count(area, random), count(2 * area, random), random.chance(0.1), drift, random);
        List<ExposureImage> exposures = new ArrayList<>();
        for (int t = 0; t < days.length; t++) {
            exposures.add(new ExposureImage(days[t], images.sigma(t), images.psfSigmaPixels(t), images.image(t)));
        }
        return new SimulatedField(new ImageStack(settings.side(), settings.side(), exposures), movers, direction);
    }

    /** The times of the exposures: evenly spaced, with a scatter of up to a third of the interval. */
    private double[] days(RandomStream random) {
        double[] days = new double[images.exposures()];
        double interval = random.uniform(settings.minHours(), settings.maxHours()) / HOURS_PER_DAY / (days.length - 1);
        for (int t = 1; t < days.length; t++) {
            days[t] = interval * (t + (t == days.length - 1 ? 0 : random.uniform(-1, 1) / 3));
        }
        return days;
    }

    /** A whole number with that mean, which differs from it by less than one. */
    private static int count(double mean, RandomStream random) {
        return (int) (mean + random.uniform());
    }

    private void addResidues(double area, RandomStream random) {
        int count = count(area * random.logUniform(MIN_RESIDUES, MAX_RESIDUES), random);
        for (int i = 0; i < count; i++) {
            int row = random.below(settings.side());
            int column = random.below(settings.side());
            // Most residues are faint: the number falls with the inverse of their brightness.
            images.addStarResidue(row, column, Math.min(1 / (1 - random.uniform()), 6), random);
            if (random.chance(MASKED_RESIDUES)) {
                images.maskDisc(row, column, random.uniform(2, 7));
            }
        }
    }

    private void addCosmicRays(double area, RandomStream random) {
        double rate = area * random.logUniform(MIN_COSMIC_RAYS, MAX_COSMIC_RAYS);
        for (int t = 0; t < images.exposures(); t++) {
            int count = count(rate * random.uniform(0.5, 1.5), random);
            for (int i = 0; i < count; i++) {
                int row = random.below(settings.side());
                int column = random.below(settings.side());
                images.addCosmicRay(t, row, column, random.logUniform(10, 200), random);
            }
        }
    }

    private void addDefects(double area, double drift, RandomStream random) {
        int count = count(2 * area * random.uniform(), random);
        for (int i = 0; i < count; i++) {
            int row = random.below(settings.side());
            double column = random.uniform(0, settings.side());
            images.addDetectorDefect(
                    DEFECT_STRENGTH,
                    t -> row,
                    t -> (int) Math.rint(column - drift * t / (images.exposures() - 1)),
                    random);
        }
    }

    private List<Mover> movers(double[] days, double direction, RandomStream random) {
        int count = count(settings.movers() * random.uniform(0.5, 1.5), random);
        double duration = days[days.length - 1];
        double phi = 0;
        for (int t = 0; t < days.length; t++) {
            double width = images.psfSigmaPixels(t) * images.sigma(t);
            phi += 1 / (4 * Math.PI * width * width);
        }
        List<Mover> movers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double speed = random.uniform(settings.minSpeed(), settings.maxSpeed());
            double angle = Math.toRadians(direction + random.uniform(-1, 1) * settings.halfAngleDegrees());
            Velocity velocity = new Velocity(speed * StrictMath.cos(angle), speed * StrictMath.sin(angle));
            double signalToNoise = random.logUniform(settings.signalToNoiseLow(), settings.signalToNoiseHigh());
            // Uniform in the middle of the night; at its ends a mover may be outside.
            movers.add(new Mover(
                    random.uniform(0, settings.side()) - velocity.columnsPerDay() * duration / 2,
                    random.uniform(0, settings.side()) - velocity.rowsPerDay() * duration / 2,
                    velocity,
                    signalToNoise / Math.sqrt(phi),
                    signalToNoise));
        }
        return movers;
    }

    /** Each with an astrometric scatter and a tenth of variability from exposure to exposure. */
    private void addMovers(List<Mover> movers, double[] days, RandomStream random) {
        double scatter = random.uniform(0.05, 0.4);
        for (Mover mover : movers) {
            for (int t = 0; t < days.length; t++) {
                images.addPointSource(
                        t,
                        mover.rowAt(days[t]) + scatter * random.gaussian(),
                        mover.columnAt(days[t]) + scatter * random.gaussian(),
                        mover.flux() * Math.max(0.2, 1 + 0.1 * random.gaussian()));
            }
        }
    }
}
