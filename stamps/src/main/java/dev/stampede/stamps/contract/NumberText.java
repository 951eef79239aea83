package dev.stampede.stamps.contract;

/** Numbers as a user writes them, such as {@code 0} and {@code 1e-9}. */
final class NumberText {
    private NumberText() {}

    /** A text from which {@link Float#parseFloat} makes the same number. */
    static String of(float value) {
        return String.valueOf(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
    }
}
