package dev.stampede.stamps.simulate;

import java.util.Locale;

/** The kind of a simulated candidate. */
public enum CandidateKind {
    /** A moving point source: the only kind that is real. */
    POINT_SOURCE,
    /** Noise that a search picked because it adds up at the centre. */
    NOISE_PEAK,
    /** The residue of a star in a difference image: a dipole, or a core with a ring. */
    STAR_RESIDUE,
    /** Light sharper than the point-spread function, in some of the exposures. */
    COSMIC_RAY,
    /** A line through the centre, such as a star trailed along the trajectory. */
    STREAK,
    /** A hot pixel, a bright column or row, a bleed trail, the step at an amplifier's edge. */
    DETECTOR_DEFECT,
    /** Some nine tenths of the pixels were good in no exposure. */
    MASKED,
    /** No pixel was good in any exposure. */
    BLANK,
    /** A source that is dark in a difference image: it became fainter, or the images were exchanged. */
    NEGATIVE_SOURCE;

    public boolean isReal() {
        return this == POINT_SOURCE;
    }

    /** The kind as text, such as {@code noise peak}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
