package dev.stampede.stamps.results.format;

import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Map;

/**
 * A row of a table.
 *
 * @param place of the row in its file for messages, such as {@code line 3}
 * @param fields the text of all numbers and texts by column, exact to the last digit; a masked cell is empty or absent
 * @param arrays the requested cells of arrays, in the order of the request; exposures are the planes of the stamp
 */
public record ResultRow(String place, Map<String, String> fields, List<Stamp> arrays) {
    public ResultRow {
        fields = Map.copyOf(fields);
        arrays = List.copyOf(arrays);
    }
}
