package dev.stampede.stamps.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads single entries of the metadata of a model; a missing or invalid one is named in the exception. */
final class ContractEntries {
    static final String REMEDY = "; write the model again with ./stampede train or ./stampede adopt";

    /** The maximum number of characters of an entry in a message; it may have megabytes. */
    private static final int MAX_SHOWN = 80;

    private final Map<String, String> entries;

    ContractEntries(Map<String, String> entries) {
        this.entries = entries;
    }

    boolean has(String entry) {
        return entries.containsKey(entry);
    }

    String text(String entry) {
        String text = entries.get(entry);
        if (text == null) {
            throw new InvalidModelException("the model has no entry " + entry + REMEDY);
        }
        return text;
    }

    /** The parts of a text between commas; none of an empty text. */
    List<String> list(String entry) {
        String text = text(entry);
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    <N extends Number> N number(String entry, Function<String, N> parser) {
        String text = text(entry);
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw wrong(entry, text, "it must be a number");
        }
    }

    boolean flag(String entry) {
        String text = text(entry);
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(entry, text, "it must be true or false");
        }
        return text.equals("true");
    }

    /** The value of that name among {@code values}. */
    <E> E choice(String entry, E[] values, Function<E, String> nameOf) {
        return named(entry, text(entry), values, nameOf);
    }

    /** The values of those names, separated by commas. */
    <E> List<E> choices(String entry, E[] values, Function<E, String> nameOf) {
        return Arrays.stream(text(entry).split(",", -1))
                .map(name -> named(entry, name, values, nameOf))
                .toList();
    }

    private <E> E named(String entry, String name, E[] values, Function<E, String> nameOf) {
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equals(name))
                .findAny()
                .orElseThrow(() -> wrong(
                        entry,
                        text(entry),
                        "the known values are "
                                + Arrays.stream(values).map(nameOf).collect(Collectors.joining(", "))));
    }

    float[] floats(String entry) {
        try {
            return Float32Text.decode(text(entry));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    "the model's entry " + entry + " is not base64 of float32 numbers" + REMEDY, e);
        }
    }

    InvalidModelException wrong(String entry, String value, String why) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return new InvalidModelException("the model's entry " + entry + " is '" + shown + "', but " + why + REMEDY);
    }
}
