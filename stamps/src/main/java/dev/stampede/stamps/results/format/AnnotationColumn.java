package dev.stampede.stamps.results.format;

import dev.stampede.stamps.parquet.ParquetType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** A column that an annotated table has in addition, in this order. */
enum AnnotationColumn {
    VERDICT("stampede_verdict", "string", ParquetType.STRING),
    PROBABILITY("stampede_probability", "float32", ParquetType.FLOAT),
    REASON("stampede_reason", "string", ParquetType.STRING),
    MODEL("stampede_model", "string", ParquetType.STRING);

    private final String columnName;
    private final String datatype;
    private final ParquetType parquet;

    AnnotationColumn(String columnName, String datatype, ParquetType parquet) {
        this.columnName = columnName;
        this.datatype = datatype;
        this.parquet = parquet;
    }

    /**
     * Checks that a table is not annotated already.
     *
     * @throws ResultsFormatException if one of its columns has the name of an annotation
     */
    static void requireAbsent(Path table, Collection<String> columns) {
        for (AnnotationColumn column : values()) {
            if (columns.contains(column.columnName)) {
                throw new ResultsFormatException(
                        table,
                        "has the column " + column.columnName
                                + " already; annotate the original table, or rename the column");
            }
        }
    }

    String columnName() {
        return columnName;
    }

    /** The type in the metadata of astropy. */
    String datatype() {
        return datatype;
    }

    ParquetType parquet() {
        return parquet;
    }

    /** A text or a Float; empty if it is missing. */
    Optional<? extends Object> value(Annotation annotation) {
        return switch (this) {
            case VERDICT -> Optional.of(annotation.verdict());
            case PROBABILITY -> Optional.of(annotation.probability()).filter(number -> !Float.isNaN(number));
            case REASON -> Optional.of(annotation.reason()).filter(text -> !text.isEmpty());
            case MODEL -> Optional.of(annotation.model());
        };
    }

    /** The cell in a table of text; empty if it is missing. */
    String cell(Annotation annotation) {
        return value(annotation).map(Object::toString).orElse("");
    }
}
