package dev.stampede.stamps.population;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;

/** A number of each stamp whose distribution is watched. */
public enum Feature {
    /** The calibrated probability of a point source. */
    SCORE {
        @Override
        public double of(float probability, StampQuality quality, Stamp stamp) {
            return probability;
        }
    },
    /** sigmaG of the unmasked pixels, in the stamp's units: another survey, gain or sky shows here first. */
    SIGMA_G {
        @Override
        public double of(float probability, StampQuality quality, Stamp stamp) {
            return quality.sigmaG();
        }
    },
    MASKED_FRACTION {
        @Override
        public double of(float probability, StampQuality quality, Stamp stamp) {
            return quality.maskedFraction();
        }
    },
    /** The width of the light about the centre; see {@link LightWidth}. */
    FWHM {
        @Override
        public double of(float probability, StampQuality quality, Stamp stamp) {
            return LightWidth.fwhmPixels(stamp, quality);
        }
    },
    PEAK_SIGNAL_TO_NOISE {
        @Override
        public double of(float probability, StampQuality quality, Stamp stamp) {
            return quality.peakSignalToNoise();
        }
    };

    /**
     * The number of a stamp that was judged; NaN where it cannot be formed.
     *
     * @param quality what was measured on {@code stamp}
     * @param stamp as judged or larger; its first channel counts
     */
    public abstract double of(float probability, StampQuality quality, Stamp stamp);
}
