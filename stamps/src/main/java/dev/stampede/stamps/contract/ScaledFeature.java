package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.CandidateFeature;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A feature of a candidate with its transformation to a number of the order of 1, which a network takes: the offset is
 * subtracted from the value or its logarithm, and the result is divided by the scale.
 *
 * @param transform of the value, before offset and scale
 * @param offset finite
 * @param scale finite, above 0
 */
public record ScaledFeature(CandidateFeature feature, Transform transform, double offset, double scale) {
    private static final String FORM =
            " is not FEATURE or FEATURE:TRANSFORM:OFFSET:SCALE, such as likelihood:log10:1.1:0.2, with a transform of linear"
                    + " or log10";

    /** The transformation of a value. */
    public enum Transform {
        /** The value. */
        LINEAR {
            @Override
            public double of(double value) {
                return value;
            }
        },
        /** The decimal logarithm; a value of 0 or less is unknown. */
        LOG10 {
            @Override
            public double of(double value) {
                return value > 0 ? Math.log10(value) : Double.NaN;
            }
        };

        /** The transformed value; NaN if it is unknown or out of the domain. */
        public abstract double of(double value);

        String transformName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ScaledFeature {
        if (!Double.isFinite(offset) || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the offset and the scale of " + feature.featureName()
                    + " must be finite numbers, the scale above 0, not " + offset + " and " + scale);
        }
    }

    /** The number that the network takes for {@code value}; NaN if it is unknown or out of the domain of the transform. */
    public float of(float value) {
        float scaled = (float) ((transform.of(value) - offset) / scale);
        return Float.isInfinite(scaled) ? Float.NaN : scaled;
    }

    /**
     * Parses {@link #toString}; a name alone stands for the value itself.
     *
     * @throws IllegalArgumentException if it is invalid, naming an unknown feature
     */
    public static ScaledFeature parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 1 && parts.length != 4) {
            throw new IllegalArgumentException("'" + text + "'" + FORM);
        }
        CandidateFeature feature = CandidateFeature.named(parts[0])
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + parts[0] + "' is no feature; the known ones are " + CandidateFeature.names()));
        if (parts.length == 1) {
            return new ScaledFeature(feature, Transform.LINEAR, 0, 1);
        }
        Transform transform = Arrays.stream(Transform.values())
                .filter(one -> one.transformName().equals(parts[1]))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + parts[1] + "' is no transform; the known ones are "
                                + Arrays.stream(Transform.values())
                                        .map(Transform::transformName)
                                        .collect(Collectors.joining(", "))));
        try {
            return new ScaledFeature(feature, transform, Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "'" + FORM, e);
        }
    }

    @Override
    public String toString() {
        return feature.featureName() + ":" + transform.transformName() + ":" + offset + ":" + scale;
    }
}
