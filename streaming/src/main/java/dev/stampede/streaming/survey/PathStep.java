package dev.stampede.streaming.survey;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One step of the way to a value: into a field of a record, or to an item of an array. */
sealed interface PathStep {
    /** The type that the step leads to from {@code holder}, a type without null; empty where it has no such field. */
    Optional<Schema> from(Schema holder);

    /** Into the field of that name. */
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

    /** To the item of that number, from 0 on; -1 is the last one, -2 the one before. */
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

    /** The step, ready for values of {@code holder}'s type, from which it leads somewhere. */
    Bound bind(Schema holder);

    /** Takes a step from a value that is not null. */
    @FunctionalInterface
    interface Bound {
        @Nullable
        Object from(Object value);
    }
}
