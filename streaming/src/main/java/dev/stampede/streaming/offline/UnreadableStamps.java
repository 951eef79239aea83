package dev.stampede.streaming.offline;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the candidates that cannot be read, by error class with the first of each. Not thread-safe. */
public final class UnreadableStamps {
    private static final Map<String, String> OPTIONS = Map.of(
            "UNKNOWN_SCHEMA", "; name its schemas with --schemas or --schema-registry",
            "UNKNOWN_SURVEY", " with --survey-file");
    /** The keys of a stream that correspond to the options. */
    private static final Map<String, String> KEYS = Map.of(
            "UNKNOWN_SCHEMA", "; name its schemas with schema.folder or schema.registry.url",
            "UNKNOWN_SURVEY", " with input.survey-files");

    private final Map<String, String> hints;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, String> examples = new LinkedHashMap<>();
    private long candidates;
    private long unreadable;

    private UnreadableStamps(Map<String, String> hints) {
        this.hints = hints;
    }

    /** Those of files, which options describe. */
    public static UnreadableStamps ofFiles() {
        return new UnreadableStamps(OPTIONS);
    }

    /** Those of topics, which the settings of a stream describe. */
    public static UnreadableStamps ofTopics() {
        return new UnreadableStamps(KEYS);
    }

    /** Counts {@code candidate}, which may have been read. */
    public void add(FileStamp candidate) {
        candidates++;
        FileStamp.Failure failure = candidate.failure();
        if (failure != null) {
            unreadable++;
            counts.merge(failure.errorClass(), 1, Integer::sum);
            examples.putIfAbsent(
                    failure.errorClass(),
                    named(candidate.file(), failure.message()) + hints.getOrDefault(failure.errorClass(), ""));
        }
    }

    /** The message with its file, which messages about arrays contain already. */
    private static String named(String file, String message) {
        return message.contains(file) ? message : file + ": " + message;
    }

    /** All candidates, read or not. */
    public long candidates() {
        return candidates;
    }

    /** Whether there are any. */
    public boolean isAny() {
        return unreadable > 0;
    }

    /** Whether there are candidates, but none was read. */
    public boolean isAll() {
        return unreadable > 0 && unreadable == candidates;
    }

    /** One line with their number, and one for each error class. */
    public String describe() {
        StringBuilder text = new StringBuilder(unreadable + " of " + candidates + " candidates cannot be read:");
        counts.forEach((errorClass, count) -> text.append(System.lineSeparator())
                .append("  ")
                .append(errorClass)
                .append(" (")
                .append(count)
                .append("), first ")
                .append(examples.get(errorClass)));
        return text.toString();
    }
}
