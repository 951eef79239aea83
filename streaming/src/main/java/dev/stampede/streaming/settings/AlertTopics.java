package dev.stampede.streaming.settings;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topics with alerts: a list of names, or a pattern for surveys that create a topic per night. Of a pattern, topics
 * whose name has a date before the oldest day are not read. The pattern depends on the settings alone and not on the day of the
 * start, because Kafka requires that all members of a consumer group subscribe to the same topics. Immutable.
 */
public final class AlertTopics {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Between the parts of a date in a name, as in 2026-11-29. */
    private static final String SEPARATOR = "[-_.]?";

    private static final String YEAR = "(?:19|20)\\d\\d";
    private static final String MONTH = "(?:0[1-9]|1[0-2])";
    private static final String DAY = "(?:0[1-9]|[12]\\d|3[01])";
    private static final String DATE = YEAR + SEPARATOR + MONTH + SEPARATOR + DAY + "(?!\\d)";

    private final List<String> names;
    private final Optional<Pattern> matched;
    private final Optional<Pattern> read;

    private AlertTopics(List<String> names, Optional<Pattern> matched, Optional<Pattern> read) {
        this.names = names;
        this.matched = matched;
        this.read = read;
    }

    /**
     * Parses names separated by commas, or otherwise one regular expression of Java for whole names, which may contain
     * commas. A name of letters, digits, dots, underscores and hyphens is no pattern.
     *
     * @param setting the setting or option, for messages
     * @throws InvalidSettingException if {@code text} is neither
     */
    public static AlertTopics parse(String setting, String text) {
        return parse(setting, text, LocalDate.MIN);
    }

    /** The same; topics of a pattern whose name has a date before {@code oldest} are not read. */
    static AlertTopics parse(String setting, String text, LocalDate oldest) {
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        if (items.stream().allMatch(item -> NAME.matcher(item).matches())) {
            return new AlertTopics(items, Optional.empty(), Optional.empty());
        }
        if (items.contains("")) {
            throw invalid(setting, text, "it has an empty name");
        }
        try {
            String user = "(?:" + Pattern.compile(text.strip()).pattern() + ")";
            String noneBefore = oldest.equals(LocalDate.MIN) ? "" : "(?!.*" + before(oldest) + ")";
            return new AlertTopics(
                    List.of(), Optional.of(Pattern.compile(user)), Optional.of(Pattern.compile(noneBefore + user)));
        } catch (PatternSyntaxException e) {
            throw invalid(
                    setting, text, "it is neither a list of topics nor a regular expression: " + e.getDescription());
        }
    }

    private static InvalidSettingException invalid(String setting, String text, String why) {
        return new InvalidSettingException("Invalid value " + text + " for configuration " + setting + ": " + why);
    }

    /** A regular expression for a date before {@code day}: it is equal up to a digit, which is smaller. */
    private static String before(LocalDate day) {
        String digits = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        StringJoiner alternatives = new StringJoiner("|", "(?<!\\d)(?=" + DATE + ")(?:", ")");
        for (int smaller = 0; smaller < digits.length(); smaller++) {
            if (digits.charAt(smaller) > '0') {
                StringBuilder date = new StringBuilder();
                for (int i = 0; i < digits.length(); i++) {
                    char digit = digits.charAt(i);
                    date.append(i == 4 || i == 6 ? SEPARATOR : "");
                    date.append(i < smaller ? digit : i > smaller ? "\\d" : "[0-" + (char) (digit - 1) + "]");
                }
                alternatives.add(date);
            }
        }
        return alternatives.toString();
    }

    /** Whether the topics are those that match a pattern, and may appear and disappear. */
    public boolean isPattern() {
        return matched.isPresent();
    }

    /** The names of a list; empty for a pattern. */
    public List<String> names() {
        return names;
    }

    /** The pattern of the topics that are read, for a whole name; empty for a list. */
    public Optional<Pattern> pattern() {
        return read;
    }

    /** Those of {@code existing} that are read, in order of their names; of a list, all names. */
    public List<String> readOf(Collection<String> existing) {
        return read.map(pattern -> matching(pattern, existing)).orElse(names);
    }

    /** Those of {@code existing} that match, whatever their date; of a list, all names. */
    public List<String> allOf(Collection<String> existing) {
        return matched.map(pattern -> matching(pattern, existing)).orElse(names);
    }

    private static List<String> matching(Pattern pattern, Collection<String> existing) {
        return existing.stream()
                .filter(topic -> pattern.matcher(topic).matches())
                .sorted()
                .toList();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return matched.map(pattern -> pattern.pattern()
                        .substring("(?:".length(), pattern.pattern().length() - 1))
                .orElseGet(() -> String.join(",", names));
    }
}
