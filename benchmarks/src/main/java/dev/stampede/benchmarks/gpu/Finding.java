package dev.stampede.benchmarks.gpu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a check found.
 *
 * @param detail one sentence; of a failed check with the remedy
 * @param figures measured values by their names in the JSON
 */
record Finding(boolean isGood, String detail, Map<String, Object> figures) {
    Finding {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    static Finding good(String detail, Map<String, Object> figures) {
        return new Finding(true, detail, figures);
    }

    static Finding bad(String detail, Map<String, Object> figures) {
        return new Finding(false, detail, figures);
    }
}
