package dev.stampede.stamps.results.format;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The description of a table that astropy writes as YAML to ECSV, Parquet and HDF5 files: columns with their types, and
 * free metadata. Only the tree of nodes is built, never an object: tags such as {@code !numpy.ndarray} mean nothing.
 *
 * @param columns in order
 * @param shapes of the flattened columns of images
 * @param separate the columns in separate files
 */
record TableMeta(List<Column> columns, Map<String, ArrayShape> shapes, List<String> separate) {
    /** Metadata holds the times of all exposures, and header texts. */
    private static final int MAX_CHARACTERS = 64 << 20;

    private static final Pattern SUBTYPE = Pattern.compile("\\w+\\[([\\d, ]+)\\]");

    static final TableMeta NONE = new TableMeta(List.of(), Map.of(), List.of());

    TableMeta {
        columns = List.copyOf(columns);
        shapes = Map.copyOf(shapes);
        separate = List.copyOf(separate);
    }

    /**
     * A column.
     *
     * @param shape of an array of fixed shape; empty for numbers and texts
     * @param isInteger whether its cells are arrays of integers
     * @param isObject whether its cells are arrays of variable shape or other objects
     */
    record Column(String name, Optional<ArrayShape> shape, boolean isInteger, boolean isObject) {}

    /**
     * Parses {@code yaml}.
     *
     * @param file for messages
     * @throws ResultsFormatException if it is not such a description
     */
    static TableMeta parse(Path file, String yaml) {
        try {
            Map<String, Node> entries = entries(compose(yaml));
            Map<String, Node> meta = entries(entries.get("meta"));
            List<Column> columns = new ArrayList<>();
            for (Node one : items(entries.get("datatype"))) {
                columns.add(column(entries(one)));
            }
            Map<String, ArrayShape> shapes = new LinkedHashMap<>();
            entries(meta.get("image_column_shapes"))
                    .forEach((name, shape) ->
                            ArrayShape.of(numbers(texts(shape))).ifPresent(known -> shapes.put(name, known)));
            return new TableMeta(columns, shapes, texts(meta.get("separate_col_files")));
        } catch (YAMLException | NumberFormatException damaged) {
            throw damaged(file, damaged);
        }
    }

    private static ResultsFormatException damaged(Path file, RuntimeException cause) {
        return new ResultsFormatException(
                file, "has damaged metadata, which is not YAML; write it again with astropy", cause);
    }

    private static Node compose(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setTagInspector(tag -> true); // no object is built
        return new Yaml(options).compose(new StringReader(yaml));
    }

    /**
     * Lines that describe the columns of annotations.
     *
     * @param after the number of lines of the metadata in front of them
     */
    record AnnotationLines(int after, List<String> lines) {
        AnnotationLines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The lines to insert after the last column in {@code yaml}.
     *
     * @param file for messages
     * @throws ResultsFormatException if it does not have one column in each line, as astropy writes them
     */
    static AnnotationLines annotationLines(Path file, String yaml) {
        try {
            List<Node> columns = items(entries(compose(yaml)).get("datatype"));
            if (columns.isEmpty()) {
                throw new ResultsFormatException(file, "has no columns in its metadata; write it again with astropy");
            }
            Node last = columns.get(columns.size() - 1);
            Mark end = last.getEndMark();
            int dash = last.getStartMark().getColumn() - "- ".length();
            if (dash < 0 || (columns.size() > 1 && isOnLineOf(columns.get(columns.size() - 2), last))) {
                throw new ResultsFormatException(
                        file, "has metadata with several columns in a line; write it again with astropy");
            }
            String item = " ".repeat(dash) + "- {name: %s, datatype: %s}";
            return new AnnotationLines(
                    end.getColumn() == 0 || end.getColumn() == dash ? end.getLine() : end.getLine() + 1,
                    Stream.of(AnnotationColumn.values())
                            .map(column -> String.format(Locale.ROOT, item, column.columnName(), column.datatype()))
                            .toList());
        } catch (YAMLException damaged) {
            throw damaged(file, damaged);
        }
    }

    private static boolean isOnLineOf(Node one, Node other) {
        return one.getStartMark().getLine() == other.getStartMark().getLine();
    }

    private static Column column(Map<String, Node> entries) {
        String subtype = text(entries.get("subtype"));
        Matcher shaped = SUBTYPE.matcher(subtype);
        Optional<ArrayShape> shape =
                shaped.matches() ? ArrayShape.of(numbers(List.of(shaped.group(1).split(",")))) : Optional.empty();
        boolean isInteger = subtype.startsWith("int") || subtype.startsWith("uint");
        return new Column(text(entries.get("name")), shape, isInteger, !subtype.isEmpty() && shape.isEmpty());
    }

    /** The shape of a column of flattened images. */
    Optional<ArrayShape> shape(String column) {
        return Optional.ofNullable(shapes.get(column))
                .or(() -> columns.stream()
                        .filter(one -> one.name().equals(column))
                        .findFirst()
                        .flatMap(Column::shape));
    }

    private static List<Integer> numbers(List<String> texts) {
        return texts.stream().map(text -> Integer.valueOf(text.strip())).toList();
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static List<String> texts(@Nullable Node node) {
        return items(node).stream().map(TableMeta::text).toList();
    }

    private static List<Node> items(@Nullable Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** The entries of a mapping, or of an ordered mapping ({@code !!omap}), a sequence of mappings. */
    private static Map<String, Node> entries(@Nullable Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                entries.put(text(tuple.getKeyNode()), tuple.getValueNode());
            }
        }
        for (Node one : items(node)) {
            if (one instanceof MappingNode) {
                entries.putAll(entries(one));
            }
        }
        return entries;
    }
}
