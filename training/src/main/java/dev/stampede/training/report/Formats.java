package dev.stampede.training.report;

import dev.stampede.training.evaluate.ConfidenceInterval;
import java.util.Locale;

/** Numbers as text. */
final class Formats {
    private Formats() {}

    /** For example {@code 1.23 % (1.01 to 1.40)}. */
    static String percent(ConfidenceInterval interval) {
        return Double.isNaN(interval.value())
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%s (%.2f to %.2f)",
                        percent(interval.value()),
                        100 * interval.low(),
                        100 * interval.high());
    }

    /** For example {@code 1.23 %}. */
    static String percent(double fraction) {
        return Double.isNaN(fraction) ? "none" : decimal("%.2f %%", 100 * fraction);
    }

    /** For example {@code 0.98765 (0.98000 to 0.99000)}. */
    static String number(ConfidenceInterval interval) {
        return String.format(Locale.ROOT, "%.5f (%.5f to %.5f)", interval.value(), interval.low(), interval.high());
    }

    static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** For example {@code 1,234}. */
    static String count(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
