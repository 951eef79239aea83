package dev.stampede.stamps.injection;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.stamp.Gaussian;

/**
 * Paints the artefacts of difference images: what cosmic rays, the detector, satellites and an imperfect subtraction of stars
 * leave at the place of a candidate. The brightness is up to a factor. Not thread-safe.
 */
final class ArtefactPainter {
    /** The standard deviation of the charge of a cosmic ray, pixels: sharper than a PSF that is well sampled. */
    private static final double COSMIC_RAY_SIGMA = 0.45;

    private static final double COSMIC_RAY_STEP = 0.7;
    /** The charge never looks wider than that share of the PSF, so that it is sharper also where the PSF is not well sampled. */
    private static final double SHARPER = 0.4;

    private final double registrationErrorPixels;
    private final PsfProfile charge = PsfProfile.moffat(40); // nearly a Gaussian

    /** @param registrationErrorPixels the typical error of the alignment of science image and template, above 0 */
    ArtefactPainter(double registrationErrorPixels) {
        this.registrationErrorPixels = registrationErrorPixels;
    }

    /** Adds an artefact near an offset from the centre, pixels, in images of that PSF. */
    void paint(CandidateKind kind, LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        switch (kind) {
            case STAR_RESIDUE -> starResidue(light, psf, row, column, random);
            case COSMIC_RAY -> cosmicRay(light, psf, row, column, random);
            case STREAK -> streak(light, psf, row, column, random);
            case DETECTOR_DEFECT -> detectorDefect(light, row, column, random);
            case NEGATIVE_SOURCE -> light.add(psf, row, column, -1);
            default -> throw new IllegalArgumentException(kind + " is not an artefact that can be painted");
        }
    }

    private void starResidue(LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        double type = random.uniform();
        if (type < 0.55) {
            dipole(light, psf, row, column, random);
        } else if (type < 0.8) {
            ring(light, psf, row, column, random);
        } else if (type < 0.9) {
            // An ellipticity that differs leaves four lobes.
            double angle = random.uniform(0, Math.PI);
            double ratio = random.uniform(0.7, 0.9);
            light.add(new PointSpread(psf.profile(), psf.fwhmPixels(), ratio, angle), row, column, 1);
            light.add(new PointSpread(psf.profile(), psf.fwhmPixels(), ratio, angle + Math.PI / 2), row, column, -1);
        } else {
            // The halo of a saturated star, or a galaxy whose light does not cancel.
            light.add(psf.widened(random.uniform(2, 4)), row, column, 1);
        }
    }

    /** Two images of a star that are not aligned: a bright and a dark lobe, around the place or with the bright one at it. */
    private void dipole(LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        double shift = registrationErrorPixels * Math.max(0.2, Math.sqrt(2 * random.exponential())); // Rayleigh
        double separation = random.chance(0.3) ? psf.fwhmPixels() * random.uniform(0.3, 1.2) : shift;
        double angle = random.uniform(0, 2 * Math.PI);
        double down = separation * StrictMath.sin(angle);
        double right = separation * StrictMath.cos(angle);
        // The derivative of a Gaussian has its lobes at one sigma: where the bright one is relative to the middle of
        // both.
        double lobe = random.chance(0.5) ? 0 : Math.max(psf.sigmaPixels(), separation / 2);
        double top = row - (lobe + separation / 2) * StrictMath.sin(angle);
        double left = column - (lobe + separation / 2) * StrictMath.cos(angle);
        // Fluxes that differ make the lobes uneven; by more for a larger separation, as lobes grow with it.
        double uneven = 0.25 * random.gaussian() * Math.min(1, separation / psf.fwhmPixels());
        double widening = 1 + 0.03 * random.gaussian() * Math.min(1, separation);
        light.add(psf, top + down, left + right, 1 + uneven);
        light.add(psf.widened(widening), top, left, -1);
    }

    /** Two images of a star of different seeing: a core in a dark ring, or a bright ring around a dark core. */
    private static void ring(LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        double widening = random.uniform(1.1, 1.7);
        // More light is missing than is there: an exact balance leaves a dark ring of a seventh of the core, too faint
        // to see.
        double sign = random.chance(0.6) ? 1 : -1;
        double down = 0.1 * random.gaussian();
        double right = 0.1 * random.gaussian();
        light.add(psf, row, column, sign);
        light.add(psf.widened(widening), row + down, column + right, -sign * random.uniform(1.1, 1.5));
    }

    private void cosmicRay(LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        double sigma = Math.min(COSMIC_RAY_SIGMA, SHARPER * psf.sigmaPixels()) * random.uniform(0.7, 1.2);
        PointSpread spot = PointSpread.circular(charge, sigma * Gaussian.FWHM_OF_SIGMA);
        int steps = random.chance(0.45) ? 1 : 2 + random.below(random.chance(0.3) ? 20 : 6);
        double angle = random.uniform(0, Math.PI);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        for (int i = 0; i < steps; i++) {
            double along = COSMIC_RAY_STEP * (i - (steps - 1) / 2.0);
            light.add(spot, row + along * sin, column + along * cos, 0.5 + random.exponential());
        }
        // A narrow spot may fall between the centres of pixels: its charge is never lost.
        light.addPixel((int) Math.rint(row), (int) Math.rint(column), 0.5 / (spot.fwhmPixels() * spot.fwhmPixels()));
    }

    /** A satellite, an aircraft or a fast trail: from three times as long as wide to across the stamp. */
    private static void streak(LightMap light, PointSpread psf, double row, double column, RandomStream random) {
        PointSpread dot = psf.widened(random.uniform(0.9, 1.6));
        double angle = random.uniform(0, Math.PI);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        double half = random.chance(0.5) ? light.size() : psf.fwhmPixels() * random.uniform(1.5, 5);
        double aside = random.chance(0.25) ? psf.fwhmPixels() * random.uniform(0.6, 1.5) : 0;
        double step = psf.fwhmPixels() / 3;
        int steps = (int) Math.ceil(half / step);
        for (int i = -steps; i <= steps; i++) {
            double r = row + i * step * sin;
            double c = column + i * step * cos;
            light.add(dot, r, c, 1);
            if (aside > 0) { // the trail of a dipole
                light.add(dot, r + aside * cos, c - aside * sin, -0.9);
            }
        }
    }

    /** A hot pixel or a few, a bright column or row, or the step at the edge of an amplifier. */
    private static void detectorDefect(LightMap light, double row, double column, RandomStream random) {
        int r = (int) Math.rint(row);
        int c = (int) Math.rint(column);
        double type = random.uniform();
        if (type < 0.5) {
            int pixels = 1 + random.below(3);
            boolean alongRow = random.chance(0.5);
            for (int i = 0; i < pixels; i++) {
                light.addPixel(r + (alongRow ? 0 : i), c + (alongRow ? i : 0), 0.3 + random.uniform());
            }
            return;
        }
        boolean isStep = type > 0.9;
        boolean alongRows = random.chance(0.4);
        int first = alongRows ? r : c;
        int width = isStep ? light.size() : 1 + random.below(3);
        int begins = random.chance(0.3) ? random.below(light.size() / 2) - light.size() / 4 : -light.size();
        for (int across = first; across < first + width; across++) {
            for (int along = Math.max(begins, -light.size() / 2); along <= light.size() / 2; along++) {
                light.addPixel(alongRows ? across : along, alongRows ? along : across, 1);
            }
        }
    }
}
