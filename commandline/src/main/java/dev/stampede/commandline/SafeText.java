package dev.stampede.commandline;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text from outside, such as the id of an alert, for a terminal: control characters could recolour it, set the title of
 * the window or imitate lines of a command. JSON and CSV keep the original.
 */
public final class SafeText {
    /** Control characters (C0, delete, C1), line and paragraph separators, and marks that reverse the direction. */
    private static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private static final Pattern UNSAFE_IN_LINES = Pattern.compile("(?![\\n\\t])" + UNSAFE.pattern());

    private SafeText() {}

    /** One line of text, with each control character as {@code \\u001b}. */
    public static String line(String text) {
        return UNSAFE.matcher(text).replaceAll(SafeText::escaped);
    }

    /** Several lines of text: line feeds and tabs stay. */
    public static String lines(String text) {
        return UNSAFE_IN_LINES.matcher(text).replaceAll(SafeText::escaped);
    }

    private static String escaped(MatchResult found) {
        return String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0));
    }
}
