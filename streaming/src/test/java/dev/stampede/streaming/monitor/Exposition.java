package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code /metrics}, read by the rules of the exposition format 0.0.4 and of Prometheus' own lint. */
public final class Exposition {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (NaN|[+-]Inf|[-+0-9.eE]+)(?: [0-9]+)?");
    private static final Pattern LE = Pattern.compile("le=\"([^\"]+)\",?");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private Exposition() {}

    /** Reads {@code text}; fails where a line is none of the format, or a series comes twice. */
    public static Exposition of(String text) {
        Exposition exposition = new Exposition();
        text.lines().forEach(exposition::read);
        return exposition;
    }

    private void read(String line) {
        String[] description = line.split(" ", 4);
        if (line.startsWith("# HELP ")) {
            assertThat(helps.put(description[2], description.length > 3 ? description[3] : ""))
                    .as("help twice: " + line)
                    .isNull();
        } else if (line.startsWith("# TYPE ")) {
            assertThat(types.put(description[2], description[3]))
                    .as("type twice: " + line)
                    .isNull();
        } else {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            String labels = sample.group(2) == null ? "" : sample.group(2);
            double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
            assertThat(samples.put(sample.group(1) + "{" + labels + "}", value))
                    .as("twice: " + line)
                    .isNull();
            assertThat(family(sample.group(1))).as("no type before: " + line).isIn(types.keySet());
        }
    }

    /** The family that a sample belongs to: a histogram's samples have names of their own. */
    private String family(String name) {
        String base = name.replaceFirst("_(bucket|count|sum)$", "");
        return types.containsKey(name) ? name : base;
    }

    /** Fails where a family breaks a rule. */
    void requireRules() {
        types.forEach((name, type) -> {
            assertThat(helps.get(name)).as("help of " + name).isNotBlank();
            assertThat(name.endsWith("_total")).as(name + " is a " + type).isEqualTo(type.equals("counter"));
            assertThat(name).doesNotContainPattern("milli|micro|nano|minutes|hours|percent|[A-Z]|_ms(_|$)");
        });
        histograms().forEach(this::requireCumulative);
    }

    private Set<String> histograms() {
        Set<String> histograms = new TreeSet<>();
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                histograms.add(name);
            }
        });
        return histograms;
    }

    private void requireCumulative(String histogram) {
        Map<String, Double> last = new LinkedHashMap<>();
        samples.forEach((series, count) -> {
            if (series.startsWith(histogram + "_bucket{")) {
                String rest = LE.matcher(series).replaceFirst("");
                assertThat(count).as(series).isGreaterThanOrEqualTo(last.getOrDefault(rest, 0.0));
                last.put(rest, count);
            }
        });
        assertThat(last).as(histogram).isNotEmpty();
        last.forEach((rest, count) ->
                assertThat(samples).as("+Inf of " + rest).containsEntry(rest.replace("_bucket{", "_count{"), count));
    }

    /** Every name that can be asked for. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        samples.keySet().forEach(series -> names.add(series.substring(0, series.indexOf('{'))));
        names.addAll(types.keySet());
        return names;
    }

    /** The type of each family, by name. */
    public Map<String, String> types() {
        return Map.copyOf(types);
    }

    /** The value of a series, written as it is exposed, such as {@code stampede_unbatched_total{}}. */
    double value(String series) {
        assertThat(samples).containsKey(series);
        return samples.getOrDefault(series, Double.NaN);
    }
}
