package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judgement.Scored;
import java.io.PrintWriter;
import java.util.Locale;

/** How explanations are written: a line each, for the eye or as JSON with the map. */
final class ExplanationLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintWriter out;
    private final boolean json;

    ExplanationLines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
        if (!json) {
            line("index", "verdict", "reason", "probability", "aperture share");
        }
    }

    void print(long index, Explanation explanation) {
        if (json) {
            out.println(object(index, explanation));
            return;
        }
        String probability = explanation.judgement() instanceof Scored scored ? number(scored.probability()) : "";
        line(
                String.valueOf(index),
                explanation.judgement().verdict().name(),
                explanation.judgement().abstention().map(Abstention::name).orElse(""),
                probability,
                explanation.map().map(map -> number(map.apertureShare())).orElse(""));
    }

    private void line(Object... columns) {
        out.println(String.format(Locale.ROOT, "%5s  %-7s  %-22s  %11s  %14s", columns)
                .stripTrailing());
    }

    private static String number(float value) {
        return Float.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }

    private static ObjectNode object(long index, Explanation explanation) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("index", index)
                .put("verdict", explanation.judgement().verdict().name())
                .put(
                        "reason",
                        explanation
                                .judgement()
                                .abstention()
                                .map(Abstention::name)
                                .orElse(null));
        if (explanation.judgement() instanceof Scored scored) {
            object.put("probability", scored.probability());
        } else {
            object.putNull("probability");
        }
        explanation.map().ifPresent(map -> add(map, object));
        return object;
    }

    private static void add(OcclusionMap map, ObjectNode object) {
        if (Float.isNaN(map.apertureShare())) {
            object.putNull("apertureShare");
        } else {
            object.put("apertureShare", map.apertureShare());
        }
        object.put("passes", map.passes());
        add(map.positions(), object.putArray("positions"));
        add(map.pixels(), object.putArray("map"));
    }

    /** An array of rows. */
    private static void add(Grid grid, ArrayNode rows) {
        for (int row = 0; row < grid.rows(); row++) {
            ArrayNode values = rows.addArray();
            for (int column = 0; column < grid.columns(); column++) {
                values.add(grid.at(row, column));
            }
        }
    }
}
