package dev.stampede.stamps.search;

/** The image of one exposure of a stack, with what a search knows of it. Takes over its array, which must not change afterwards. */
public final class ExposureImage {
    private final double timeDays;
    private final double sigma;
    private final double psfSigmaPixels;
    private final float[] pixels;

    /**
     * @param timeDays time after the first exposure of the stack, days, 0 or more
     * @param sigma the standard deviation of the noise of a pixel as the search assumes it, above 0
     * @param psfSigmaPixels the standard deviation of the Gaussian point-spread function that the search assumes, pixels, above 0
     * @param pixels row by row; NaN and exactly 0 are masked
     */
    public ExposureImage(double timeDays, double sigma, double psfSigmaPixels, float[] pixels) {
        if (!(timeDays >= 0 && sigma > 0 && psfSigmaPixels > 0)
                || Double.isInfinite(timeDays + sigma + psfSigmaPixels)) {
            throw new IllegalArgumentException("an exposure needs a time of 0 or more, a noise and a PSF above 0, not "
                    + timeDays + ", " + sigma + " and " + psfSigmaPixels);
        }
        this.timeDays = timeDays;
        this.sigma = sigma;
        this.psfSigmaPixels = psfSigmaPixels;
        this.pixels = pixels;
    }

    public double timeDays() {
        return timeDays;
    }

    /** The standard deviation of the noise of a pixel. */
    public double sigma() {
        return sigma;
    }

    /** The inverse of the variance of the noise of a pixel. */
    double inverseVariance() {
        return 1 / (sigma * sigma);
    }

    public double psfSigmaPixels() {
        return psfSigmaPixels;
    }

    /** The number of pixels. */
    int size() {
        return pixels.length;
    }

    /** The pixel of that index, row by row; exactly 0 if it is masked. */
    float pixel(int index) {
        float pixel = pixels[index];
        return Float.isNaN(pixel) ? 0 : pixel;
    }
}
