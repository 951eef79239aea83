package dev.stampede.stamps.injection;

/** The brightness of a star by the distance from its centre, 1 at the centre; distances in units of its FWHM. Immutable. */
public final class PsfProfile {
    /** The values of a profile per FWHM. */
    static final int STEPS = 50;

    /** The radius of a profile in units of its FWHM; beyond it is 0. */
    static final int REACH = 4;

    private final double[] values;

    private PsfProfile(double[] values) {
        this.values = values;
    }

    /**
     * The profile of Moffat (1969), (1 + (r / a)^2)^-beta: 2.5 to 5 for seeing of the atmosphere (Trujillo et al. 2001).
     *
     * @param beta above 1
     */
    public static PsfProfile moffat(double beta) {
        double scale = 4 * (StrictMath.pow(2, 1 / beta) - 1);
        double[] values = new double[STEPS * REACH + 1];
        for (int i = 0; i < values.length; i++) {
            double radius = (double) i / STEPS;
            values[i] = StrictMath.pow(1 + scale * radius * radius, -beta);
        }
        return new PsfProfile(values);
    }

    /**
     * A measured profile.
     *
     * @param values at the radii 0, 1 / {@value #STEPS}, 2 / {@value #STEPS}, ..., {@value #REACH}; the first is 1
     */
    static PsfProfile of(double[] values) {
        if (values.length != STEPS * REACH + 1 || values[0] != 1) {
            throw new IllegalArgumentException("a profile of " + values.length + " values from " + values[0]);
        }
        return new PsfProfile(values.clone());
    }

    /** The brightness at that radius, 0 or more. */
    double at(double radius) {
        double place = radius * STEPS;
        int below = (int) place;
        if (below >= values.length - 1) {
            return 0;
        }
        return values[below] + (place - below) * (values[below + 1] - values[below]);
    }
}
