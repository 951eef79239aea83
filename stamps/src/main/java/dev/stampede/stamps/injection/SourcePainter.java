package dev.stampede.stamps.injection;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;

/** Adds sources and artefacts of the wanted strength to stamps of one image. Not thread-safe. */
final class SourcePainter {
    /** The PSF varies over an image, by that standard deviation of the logarithm of its width. */
    private static final double WIDTH_SCATTER = 0.05;
    /** The share of sources with a weak residue at the same place: variable stars, and transients in galaxies. */
    private static final double HOST_SHARE = 0.15;

    private static final double MAX_HOST = 0.25;
    /** The share of sources that move by up to {@link #MAX_TRAIL} FWHM during the exposure. */
    private static final double TRAILED_SHARE = 0.1;

    private static final double MAX_TRAIL = 0.8;
    private static final int TRAIL_DOTS = 5;
    /** The relative error of the light of a pixel: sources by up to the first, residues up to the second. */
    private static final double SOURCE_ERROR = 0.05;

    private static final double RESIDUE_ERROR = 0.2;
    /** The S/N of artefacts: a survey detects them from about 5. */
    private static final double MIN_ARTEFACT = 4;

    private static final double MAX_ARTEFACT = 80;
    /** A ring or a core that is fainter cannot be distinguished from a point source. */
    private static final double MIN_RESIDUE = 7;

    private final SkyImage sky;
    private final long group;
    private final PointSpread psf;
    private final PsfFilter filter;
    private final InjectionSettings settings;
    private final ArtefactPainter artefacts;
    private final RandomStream random;
    private final LightMap light;
    private final LightMap host;

    SourcePainter(ImageSource.Observation observed, InjectionSettings settings, RandomStream random) {
        this.sky = observed.sky();
        this.group = observed.group();
        this.psf = observed.psf();
        this.settings = settings;
        this.random = random;
        filter = new PsfFilter(psf, sky.noise());
        artefacts = new ArtefactPainter(settings.registrationErrorPixels());
        light = new LightMap(settings.stamps().size());
        host = new LightMap(settings.stamps().size());
    }

    /** The filter of the image's PSF. */
    PsfFilter filter() {
        return filter;
    }

    /** Adds a candidate near the centre of {@code pixels}, of which NaN is masked. */
    Truth add(CandidateKind kind, float[] pixels) {
        double distance = settings.maxOffsetPixels() * Math.sqrt(random.uniform());
        double angle = random.uniform(0, 2 * Math.PI);
        double row = distance * StrictMath.sin(angle);
        double column = distance * StrictMath.cos(angle);
        light.clear();
        double signalToNoise = kind.isReal() ? source(pixels, row, column) : artefact(kind, row, column);
        addTo(pixels);
        return new Truth(kind, signalToNoise, kind.isReal() ? psf.fwhmPixels() : Double.NaN, row, column, group);
    }

    /** Adds the residue of a star away from the centre. */
    void addNeighbour(float[] pixels) {
        double near = Math.max(5, 1.6 * psf.fwhmPixels());
        double distance = random.uniform(near, Math.max(near + 1, 0.7 * light.size()));
        double angle = random.uniform(0, 2 * Math.PI);
        light.clear();
        light.add(psf, 0, 0, 1);
        double unit = strength(light); // that of the residue itself may be outside
        light.clear();
        double row = distance * StrictMath.sin(angle);
        double column = distance * StrictMath.cos(angle);
        artefacts.paint(CandidateKind.STAR_RESIDUE, light, psf, row, column, random);
        light.scale(random.logUniform(5, 40) / unit);
        addTo(pixels);
    }

    private double source(float[] pixels, double row, double column) {
        PointSpread shape =
                psf.widened(StrictMath.exp(WIDTH_SCATTER * random.gaussian())).elongated(random);
        double trail = random.chance(TRAILED_SHARE) ? MAX_TRAIL * psf.fwhmPixels() * random.uniform() : 0;
        double angle = random.uniform(0, Math.PI);
        int dots = trail == 0 ? 1 : TRAIL_DOTS;
        for (int i = 0; i < dots; i++) {
            double along = dots == 1 ? 0 : trail * ((double) i / (dots - 1) - 0.5);
            light.add(shape, row + along * StrictMath.sin(angle), column + along * StrictMath.cos(angle), 1.0 / dots);
        }
        scatter(SOURCE_ERROR);
        double signalToNoise = random.logUniform(
                settings.stamps().signalToNoiseLow(), settings.stamps().signalToNoiseHigh());
        light.scale(signalToNoise / signalToNoise(pixels));
        if (random.chance(HOST_SHARE)) {
            addHost(row, column);
        }
        return signalToNoise;
    }

    /** The S/N of the light in the unmasked pixels: sum(h^2) / sqrt(h' C h) with h the light in units of the noise. */
    private double signalToNoise(float[] pixels) {
        float[] seen = light.values().clone();
        double sum = 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = Float.isNaN(pixels[i]) ? 0 : seen[i];
            sum += seen[i] * seen[i];
        }
        return sum / (Math.sqrt(sky.noise().variance(seen, light.size())) * sky.sigma());
    }

    private void addHost(double row, double column) {
        host.clear();
        artefacts.paint(CandidateKind.STAR_RESIDUE, host, psf, row, column, random);
        double share = MAX_HOST * random.uniform() * strength(light) / strength(host);
        light.add(host, share);
    }

    private double artefact(CandidateKind kind, double row, double column) {
        double minimum = kind == CandidateKind.STAR_RESIDUE ? MIN_RESIDUE : MIN_ARTEFACT;
        double signalToNoise = random.logUniform(minimum, MAX_ARTEFACT);
        artefacts.paint(kind, light, psf.elongated(random), row, column, random);
        if (kind == CandidateKind.STAR_RESIDUE) {
            scatter(RESIDUE_ERROR);
        }
        light.scale(signalToNoise / strength(light));
        return kind == CandidateKind.NEGATIVE_SOURCE ? -signalToNoise : signalToNoise;
    }

    /** The strongest response of the filter, of either sign, in units of its noise. */
    private double strength(LightMap of) {
        PsfFilter.Extremes extremes = filter.extremes(of);
        return Math.max(Math.max(extremes.highest(), -extremes.lowest()) / sky.sigma(), Double.MIN_NORMAL);
    }

    /** The PSF is not known exactly, and bright light adds noise. */
    private void scatter(double maxError) {
        double error = maxError * random.uniform();
        float[] values = light.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) (1 + error * random.gaussian());
        }
    }

    private void addTo(float[] pixels) {
        float[] values = light.values();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += values[i]; // NaN stays NaN
        }
    }
}
