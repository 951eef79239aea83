package dev.stampede.stamps.results;

import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Map;
import java.util.Optional;

/**
 * A candidate.
 *
 * @param fields the numbers and texts of its row by column, exact to the last digit; none for an array
 */
public record StampRow(Stamp stamp, Map<String, String> fields) {
    public StampRow {
        fields = Map.copyOf(fields);
    }

    /** The id that the search gave to the candidate: its {@code uuid}. */
    public Optional<String> id() {
        return Optional.ofNullable(fields.get(ResultTable.ID)).filter(id -> !id.isBlank());
    }
}
