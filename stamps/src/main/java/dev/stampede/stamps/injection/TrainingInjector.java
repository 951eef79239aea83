package dev.stampede.stamps.injection;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Makes labelled stamps from images of the sky: injects point sources, and as bogus stamps takes the highest peaks of the sky and
 * injects artefacts. The stamps of an image depend only on the seed, the image and its number, with the same bytes on every Java
 * version. Thread-safe.
 */
public final class TrainingInjector {
    private static final long OBJECTS = 12;
    /** The lowest peak of the sky that is used, in units of its noise. */
    private static final double MIN_PEAK = 2;

    private static final int MAX_TRIES = 20;
    private static final double MIN_UNMASKED = 0.6;
    /** The share of stamps with the residue of another star, in both classes. */
    private static final double NEIGHBOUR_SHARE = 0.12;

    private final ImageSource images;
    private final InjectionSettings settings;
    private final long seed;
    private final int size;

    public TrainingInjector(ImageSource images, InjectionSettings settings, long seed) {
        this.images = images;
        this.settings = settings;
        this.seed = seed;
        this.size = settings.stamps().size();
    }

    /** The stamps of the image of that number; fewer than the settings ask for if too many pixels are masked, or it has few peaks. */
    public List<SimulatedCandidate> candidates(long image) {
        RandomStream random = RandomStream.of(seed, image, OBJECTS);
        ImageSource.Observation observed = images.observe(image);
        SourcePainter painter = new SourcePainter(observed, settings, random);
        Iterator<SkyImage.Peak> peaks =
                observed.sky().peaks(painter.filter(), MIN_PEAK).iterator();
        List<SimulatedCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < settings.perImage(); i++) {
            CandidateKind kind = settings.stamps().kindAt(random.uniform());
            if (kind != CandidateKind.NOISE_PEAK) {
                injected(kind, observed.sky(), painter, random).ifPresent(candidates::add);
            } else if (peaks.hasNext()) {
                peak(peaks.next(), observed, random).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private Optional<SimulatedCandidate> peak(
            SkyImage.Peak peak, ImageSource.Observation observed, RandomStream random) {
        int reach = (int) settings.maxOffsetPixels();
        int row = random.below(2 * reach + 1) - reach;
        int column = random.below(2 * reach + 1) - reach;
        float[] pixels = observed.sky().cut(peak.row() - row, peak.column() - column, size, 0);
        Truth truth = new Truth(
                CandidateKind.NOISE_PEAK,
                peak.signalToNoise(),
                observed.psf().fwhmPixels(),
                row,
                column,
                observed.group());
        return isUsable(pixels) ? Optional.of(candidate(pixels, truth)) : Optional.empty();
    }

    private Optional<SimulatedCandidate> injected(
            CandidateKind kind, SkyImage sky, SourcePainter painter, RandomStream random) {
        for (int i = 0; i < MAX_TRIES; i++) {
            float[] pixels = sky.cut(random.below(sky.rows()), random.below(sky.columns()), size, random.below(8));
            if (isUsable(pixels)) {
                if (random.chance(NEIGHBOUR_SHARE)) {
                    painter.addNeighbour(pixels);
                }
                return Optional.of(candidate(pixels, painter.add(kind, pixels)));
            }
        }
        return Optional.empty();
    }

    /** Whether enough pixels are unmasked, and all next to the central one. */
    private boolean isUsable(float[] pixels) {
        int unmasked = 0;
        for (float pixel : pixels) {
            unmasked += Float.isNaN(pixel) ? 0 : 1;
        }
        for (int i = 0; i < 9; i++) {
            int at = (size / 2 - 1 + i / 3) * size + size / 2 - 1 + i % 3;
            if (Float.isNaN(pixels[at])) {
                return false;
            }
        }
        return unmasked >= MIN_UNMASKED * pixels.length;
    }

    /** Masked pixels are exactly 0, as in all simulated candidates. */
    private SimulatedCandidate candidate(float[] pixels, Truth truth) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Float.isNaN(pixels[i]) ? 0 : pixels[i];
        }
        return new SimulatedCandidate(Stamp.of(1, size, size, pixels), truth);
    }
}
