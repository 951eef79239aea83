package dev.stampede.stamps.stamp;

/** Properties of the Gaussian function. */
public final class Gaussian {
    /** 2 sqrt(2 ln 2): the full width at half maximum over the standard deviation. */
    public static final double FWHM_OF_SIGMA = 2.3548200450309493;

    private Gaussian() {}
}
