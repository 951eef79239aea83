package dev.stampede.streaming.survey;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One step of a path: a field of a record, or an item of an array. */
sealed interface PathStep {
    /** The type of the step's value in {@code holder}, a type without null; empty if it has no such field. */
    Optional<Schema> from(Schema holder);

    /** A field of a record. */
    record Field(String name) implements PathStep {
        @Override
        public Optional<Schema> from(Schema holder) {
            return holder.getType() == Schema.Type.RECORD
                    ? Optional.ofNullable(holder.getField(name)).map(Schema.Field::schema)
                    : Optional.empty();
        }

        @Override
        public Bound bind(Schema holder) {
            int position = holder.getField(name).pos();
            return value -> ((IndexedRecord) value).get(position);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** An item of an array, from 0; -1 is the last, -2 the one before. */
    record Item(int number) implements PathStep {
        @Override
        public Optional<Schema> from(Schema holder) {
            return holder.getType() == Schema.Type.ARRAY ? Optional.of(holder.getElementType()) : Optional.empty();
        }

        @Override
        public Bound bind(Schema holder) {
            return value -> {
                List<?> items = (List<?>) value;
                int index = number < 0 ? items.size() + number : number;
                return index >= 0 && index < items.size() ? items.get(index) : null;
            };
        }

        @Override
        public String toString() {
            return "[" + number + "]";
        }
    }

    /** The step for values of the type {@code holder}, which has its field. */
    Bound bind(Schema holder);

    /** Returns the value of a step from a value that is not null. */
    @FunctionalInterface
    interface Bound {
        @Nullable
        Object from(Object value);
    }
}
