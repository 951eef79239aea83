package dev.stampede.stamps.results.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.stampede.stamps.stamp.FloatRange;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.util.Arrays;

/** An array of numbers or truth values as JSON, nested by axes; null is a masked element. */
final class JsonCell {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonCell() {}

    /**
     * The elements of {@code text}; NaN for null, 1 and 0 for true and false. An empty cell is all NaN.
     *
     * @throws IllegalArgumentException if it is no array of that shape
     */
    static Stamp parse(String text, ArrayShape shape) {
        double[] elements = new double[shape.size()];
        int count = 0;
        if (text.isBlank()) {
            Arrays.fill(elements, Double.NaN);
            count = elements.length;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    if (count < elements.length) {
                        elements[count] = element(parser, token);
                    }
                    count++;
                } else if (token == JsonToken.START_OBJECT) {
                    throw new IllegalArgumentException("the cell is no array of numbers");
                }
            }
        } catch (IOException damaged) {
            throw new IllegalArgumentException("the cell is no array of numbers in JSON", damaged);
        }
        if (count != elements.length) {
            throw new IllegalArgumentException(
                    "the cell has " + count + " numbers instead of the " + elements.length + " of " + shape);
        }
        return Stamp.of(shape.exposures(), shape.height(), shape.width(), FloatRange.pixels(elements));
    }

    private static double element(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> Double.NaN;
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_STRING -> throw new IllegalArgumentException("the cell holds text instead of numbers");
            default -> parser.getDoubleValue();
        };
    }
}
