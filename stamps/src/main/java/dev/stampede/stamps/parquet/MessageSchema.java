package dev.stampede.stamps.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** The tree of columns that the list of elements in a footer describes, by physical types only. */
public final class MessageSchema {
    private MessageSchema() {}

    /**
     * The tree of {@code elements}, of which the first is its root.
     *
     * @throws RuntimeException if the list is damaged
     */
    public static MessageType of(List<SchemaElement> elements) {
        Iterator<SchemaElement> rest = elements.iterator();
        SchemaElement root = rest.next();
        return new MessageType(root.getName(), children(root, rest));
    }

    private static List<Type> children(SchemaElement parent, Iterator<SchemaElement> rest) {
        List<Type> children = new ArrayList<>();
        for (int i = 0; i < parent.getNum_children(); i++) {
            SchemaElement element = rest.next();
            Repetition repetition =
                    Repetition.valueOf(element.getRepetition_type().name());
            if (element.isSetType()) {
                String name = element.getType().name().replaceFirst("^BYTE_ARRAY$", "BINARY");
                children.add(new PrimitiveType(
                        repetition, PrimitiveTypeName.valueOf(name), element.getType_length(), element.getName()));
            } else {
                children.add(new GroupType(repetition, element.getName(), children(element, rest)));
            }
        }
        return children;
    }
}
