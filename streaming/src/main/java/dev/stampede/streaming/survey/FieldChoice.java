package dev.stampede.streaming.survey;

import java.util.List;
import java.util.stream.Collectors;

/** Alternative fields for a value: the first that exists and is not null. May be empty. */
record FieldChoice(List<FieldPath> paths) {
    FieldChoice {
        paths = List.copyOf(paths);
    }

    static FieldChoice parse(List<String> texts) {
        return new FieldChoice(texts.stream().map(FieldPath::parse).toList());
    }

    @Override
    public String toString() {
        return paths.stream().map(FieldPath::toString).collect(Collectors.joining(" or "));
    }
}
