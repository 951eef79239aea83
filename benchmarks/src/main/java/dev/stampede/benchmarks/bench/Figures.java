package dev.stampede.benchmarks.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints what was measured, as lines or as one JSON object. */
final class Figures {
    private Figures() {}

    static void print(PrintWriter out, boolean json, Map<String, ?> figures) {
        if (json) {
            try {
                out.println(new ObjectMapper().writeValueAsString(figures));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("figures are numbers, texts and lists of them", e);
            }
        } else {
            figures.forEach((name, figure) -> out.println(name + " " + figure));
        }
        out.flush();
    }

    /** To three decimals: more would be noise. */
    static double rounded(double figure) {
        return Math.round(figure * 1000) / 1000.0;
    }
}
