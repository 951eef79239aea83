package dev.stampede.systemtests.harness;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.stamps.stamp.Percentiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.DoubleStream;

/** Prints results, records or maps, with numbers rounded to three decimals. */
public final class Results {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Double.class, new ThreeDecimals())
                    .addSerializer(Double.TYPE, new ThreeDecimals()));

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

    /** NaN of no values. */
    public static double median(DoubleStream values) {
        return Percentiles.median(values.toArray());
    }
}
