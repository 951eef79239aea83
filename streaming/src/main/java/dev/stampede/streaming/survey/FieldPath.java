package dev.stampede.streaming.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The path to a value: fields of records and items of arrays, from the outermost record inward. */
record FieldPath(List<PathStep> steps) {
    /** A field name with optional array indices in square brackets. */
    private static final Pattern PART = Pattern.compile("([^\\s\\[\\]]+)((?:\\[-?\\d{1,6}\\])*)");

    FieldPath {
        steps = List.copyOf(steps);
    }

    /**
     * Parses field names separated by dots, such as {@code candidate.ra}. {@code seen[0].ra} is a field of the first item
     * of an array, {@code seen[-1].ra} of the last.
     */
    static FieldPath parse(String text) {
        List<PathStep> steps = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "a field path has names separated by dots and array indices such as seen[0], not '" + text
                                + "'");
            }
            steps.add(new PathStep.Field(matcher.group(1)));
            Pattern.compile("-?\\d+")
                    .matcher(matcher.group(2))
                    .results()
                    .forEach(number -> steps.add(new PathStep.Item(Integer.parseInt(number.group()))));
        }
        return new FieldPath(steps);
    }

    /** The type of the value in {@code schema}, without null in unions; empty if there is no such field. */
    Optional<Schema> typeIn(Schema schema) {
        Optional<Schema> type = Optional.of(schema);
        for (PathStep step : steps) {
            type = type.map(FieldPath::withoutNull).flatMap(step::from);
        }
        return type.map(FieldPath::withoutNull);
    }

    /** The other type of a union with null; any other type unchanged. */
    static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(PathStep::toString)
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
