package dev.stampede.stamps.injection;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import java.util.Map;

/**
 * What is injected into images of the sky.
 *
 * @param stamps the plane and the size of the stamps, the shares of the kinds and the range of S/N of the sources; no share of
 *     {@link CandidateKind#MASKED} or {@link CandidateKind#BLANK}, as masks are those of the images
 * @param perImage the number of stamps of each image, 1 or more
 * @param maxOffsetPixels the maximum distance of a source from the centre of the stamp, 0 or more, below a quarter of its size
 * @param registrationErrorPixels the typical error of the alignment of science image and template, above 0
 */
public record InjectionSettings(
        SimulationSettings stamps, int perImage, double maxOffsetPixels, double registrationErrorPixels) {
    /** Residues of stars are the most common artefacts of difference images (Goldstein et al. 2015, Duev et al. 2019). */
    private static final Map<CandidateKind, Double> BOGUS_WEIGHTS = Map.of(
            CandidateKind.NOISE_PEAK, 20.0,
            CandidateKind.STAR_RESIDUE, 40.0,
            CandidateKind.COSMIC_RAY, 15.0,
            CandidateKind.STREAK, 8.0,
            CandidateKind.DETECTOR_DEFECT, 10.0,
            CandidateKind.NEGATIVE_SOURCE, 7.0);

    public InjectionSettings {
        if (stamps.planes().size() != 1) {
            throw new IllegalArgumentException("light is injected into one plane, not " + stamps.planes());
        }
        if (stamps.share(CandidateKind.MASKED) > 0 || stamps.share(CandidateKind.BLANK) > 0) {
            throw new IllegalArgumentException(
                    "masked and blank stamps are not injected; the masks are those of the images");
        }
        if (perImage < 1) {
            throw new IllegalArgumentException("the number of stamps of an image must be 1 or more, not " + perImage);
        }
        if (!(maxOffsetPixels >= 0 && maxOffsetPixels < stamps.size() / 4.0)) {
            throw new IllegalArgumentException(
                    "the maximum offset must be 0 or more and below a quarter of the stamp's " + stamps.size()
                            + " pixels, not " + maxOffsetPixels);
        }
        if (!(registrationErrorPixels > 0 && registrationErrorPixels < stamps.size())) {
            throw new IllegalArgumentException("the registration error must be above 0 and below the stamp's size, not "
                    + registrationErrorPixels);
        }
    }

    /** The same settings of a simulation with the artefacts of difference images as bogus kinds. */
    public static SimulationSettings differenceArtefacts(SimulationSettings stamps) {
        return stamps.withBogusWeights(BOGUS_WEIGHTS);
    }
}
