package dev.stampede.systemtests.harness;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.stamps.stamp.Percentiles;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Prints results, records or maps, with numbers rounded to three decimals. */
public final class Results {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Double.class, new ThreeDecimals())
                    .addSerializer(Double.TYPE, new ThreeDecimals()));

    /** Ratios of rates; those of CPU times hold also if other processes use the cores. */
    private static final Pattern RATIO = Pattern.compile("ratio|ratioTo.*|rateRatio");

    private Results() {}

    private static final class ThreeDecimals extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : value);
        }
    }

    public static void print(PrintWriter out, boolean json, Object result) {
        Output.print(out, json ? OutputFormat.JSON : OutputFormat.TEXT, MAPPER.valueToTree(result));
    }

    /**
     * Prints results that compare rates, with the share of the machine that other processes had, {@code
     * otherProcessesShare}. If it was more than 5 %, the ratios ({@code ratio}, {@code ratioTo...}, {@code rateRatio})
     * are left out, with a note.
     */
    public static void printComparison(
            PrintWriter out, boolean json, Object result, MachineLoad load, PrintStream notes) {
        print(out, json, compared(MAPPER.valueToTree(result), load.othersShare(), notes));
    }

    static ObjectNode compared(ObjectNode results, OptionalDouble othersShare, PrintStream notes) {
        if (othersShare.isEmpty()) {
            notes.println("How much other processes used the machine is not known on this system.");
            return results;
        }
        double share = othersShare.getAsDouble();
        if (share > MachineLoad.MAX_OTHERS_SHARE) {
            notes.printf(
                    Locale.ROOT,
                    "Other processes took %.0f %% of the machine: ratios are not printed. Stop them and repeat.%n",
                    100 * share);
            removeRatios(results);
        }
        return results.put("otherProcessesShare", Math.round(share * 1000) / 1000.0);
    }

    private static void removeRatios(JsonNode results) {
        if (results instanceof ObjectNode object) {
            object.properties().removeIf(entry -> RATIO.matcher(entry.getKey()).matches());
        }
        results.forEach(Results::removeRatios);
    }

    /** NaN of no values. */
    public static double median(DoubleStream values) {
        return Percentiles.median(values.toArray());
    }
}
