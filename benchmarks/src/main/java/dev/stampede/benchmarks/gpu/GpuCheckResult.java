package dev.stampede.benchmarks.gpu;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** The result of a check, by its names in the JSON. */
record GpuCheckResult(
        String check, @JsonProperty("result") State state, double seconds, String detail, Map<String, Object> figures) {
    /** How a check ended. */
    enum State {
        @JsonProperty("passed")
        PASSED("passed"),
        @JsonProperty("failed")
        FAILED("failed"),
        /** Not run, as a check that it requires failed. */
        @JsonProperty("not reached")
        NOT_REACHED("not reached");

        private final String text;

        State(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
