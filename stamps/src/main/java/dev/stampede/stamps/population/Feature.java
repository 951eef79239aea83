package dev.stampede.stamps.population;

import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;

/** A quantity of each stamp whose distribution is monitored. */
public enum Feature {
    /** The calibrated probability of a point source. */
    SCORE {
        @Override
        public double of(float probability, PixelQuality quality, Stamp stamp) {
            return probability;
        }
    },
    /** sigmaG of the unmasked pixels, in the stamp's units: sensitive to another survey, gain or sky. */
    SIGMA_G {
        @Override
        public double of(float probability, PixelQuality quality, Stamp stamp) {
            return quality.sigmaG();
        }
    },
    MASKED_FRACTION {
        @Override
        public double of(float probability, PixelQuality quality, Stamp stamp) {
            return quality.maskedFraction();
        }
    },
    /** The width of the light around the centre; see {@link LightWidth}. */
    FWHM {
        @Override
        public double of(float probability, PixelQuality quality, Stamp stamp) {
            return LightWidth.fwhmPixels(stamp, quality);
        }
    },
    PEAK_SIGNAL_TO_NOISE {
        @Override
        public double of(float probability, PixelQuality quality, Stamp stamp) {
            return quality.peakSignalToNoise();
        }
    };

    /**
     * The value for a scored stamp; NaN if undefined.
     *
     * @param quality that of {@code stamp}
     * @param stamp the scored stamp or a larger one; its first plane is used
     */
    public abstract double of(float probability, PixelQuality quality, Stamp stamp);
}
