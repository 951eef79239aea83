package dev.stampede.stamps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.contract.ModelContract.Identity;
import dev.stampede.stamps.contract.ModelContract.Input;
import dev.stampede.stamps.contract.ModelContract.Output;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelContractTest {
    private static final List<Plane> PLANES = List.of(Plane.MEDIAN, Plane.SUM);
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @Test
    void readsBackWhatItWroteBitByBit() {
        ModelContract contract = contract();
        assertThat(ModelContract.parse(contract.toMetadata())).isEqualTo(contract);
    }

    @Test
    void ignoresEntriesOfOtherPrograms() {
        Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
        metadata.put("author", "someone");
        assertThat(ModelContract.parse(metadata)).isEqualTo(contract());
    }

    @Test
    void allowsAModelWithoutMetrics() {
        ModelContract contract = with(PLANES, 0.5f, 1, FINGERPRINT, Map.of());
        assertThat(ModelContract.parse(contract.toMetadata())).isEqualTo(contract);
    }

    @Test
    void writesItsEntriesInOneOrder() {
        assertThat(contract().toMetadata().keySet()).containsExactly(keys().toArray(String[]::new));
    }

    @Test
    void isDescribedEntryByEntryInTheDocumentation() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "reference", "model-file.md")))
                .contains(keys());
    }

    @Test
    void saysThatAFileWithoutAnyEntryIsNotStampedes() {
        assertThatThrownBy(() -> ModelContract.parse(Map.of()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContainingAll(
                        "stampede.format_version", "it was not written by Stampede", "./stampede train");
    }

    static List<String> keys() {
        return new ArrayList<>(contract().toMetadata().keySet());
    }

    @ParameterizedTest(name = "without {0}")
    @MethodSource("keys")
    void namesTheEntryThatIsAbsent(String key) {
        Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
        metadata.remove(key);
        assertThatThrownBy(() -> ModelContract.parse(metadata))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContainingAll(key, "./stampede train");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            stampede.format_version       | 1             | reads format 2
            stampede.classes              | bogus,star    | one of them real
            stampede.classes              | real          | two or more
            stampede.classes              | real,real     | each once
            stampede.classes              | real,b c      | not a valid class name
            stampede.recipe               | histogram     | sigmag-unit-sum, asinh-snr, l2-image
            stampede.planes               | median,mode   | median, mean, sum, weighted
            stampede.planes               | median,median | named twice
            stampede.planes               | ''            | median, mean, sum, weighted
            stampede.stamp_size           | 21.5          | must be a number
            stampede.stamp_size           | 0             | 1 to 512 pixels
            stampede.stamp_size           | 2000000000    | 1 to 512 pixels
            stampede.stamp_size           | 22            | does not fit
            stampede.threshold            | half          | must be a number
            stampede.threshold            | 1.5           | threshold outside
            stampede.threshold            | NaN           | threshold outside
            stampede.temperature          | 0             | temperature
            stampede.temperature          | Infinity      | temperature
            stampede.data_fingerprint     | abc           | hexadecimal
            stampede.model_name           | ' '           | name is blank
            stampede.model_version        | ' '           | version is blank
            stampede.network              | ' '           | network's name is blank
            stampede.metrics              | recall        | name=value
            stampede.metrics              | recall=high   | name=value
            stampede.metrics              | recall=NaN    | not finite
            stampede.golden_stamps        | AAAA          | float32
            stampede.golden_stamps        | %             | float32
            stampede.golden_stamps        | AACAPw==      | 1 pixels
            stampede.golden_probabilities | ''            | one or more golden stamps
            stampede.golden_shapes        | 5x5           | one shape for each
            stampede.golden_shapes        | 5x5,5xa       | ROWSxCOLUMNS
            stampede.golden_shapes        | 5x5,5x6       | golden_stamps
            stampede.layout               | chw           | nchw, nhwc
            stampede.head                 | relu          | probabilities, softmax
            stampede.masked_pixels        | 0:sometimes   | VALUE:STAGE
            stampede.masked_pixels        | median:after  | median before
            stampede.padding              | left:0        | PLACE:VALUE:STAGE
            stampede.max_masked_fraction  | 2             | maximum masked fraction
            stampede.real_class           | star          | one of them star
            stampede.polarity             | dark          | bright, both
            stampede.finds_point_sources  | maybe         | true or false
            stampede.max_pixel_scale_arcsec | 0           | range of pixel scales
            stampede.recipe               | l2-row,l2-row,none | 3 recipes
            stampede.recipe               | z-score-all,none | over all planes
            stampede.golden_probabilities | AAAAQAAAAEA=  | golden probability
            """)
    void refusesAWrongEntryAndSaysWhy(String key, String value, String why) {
        Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
        metadata.put(key, value);
        assertThatThrownBy(() -> ModelContract.parse(metadata))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContainingAll(why, "./stampede train");
    }

    @Test
    void refusesAFileWithoutGoldenStamps() {
        Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
        metadata.put("stampede.golden_stamps", "");
        metadata.put("stampede.golden_probabilities", "");
        assertThatThrownBy(() -> ModelContract.parse(metadata))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("one or more golden stamps");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void answersGarbageWithAContractOrItsOwnException(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 500; trial++) {
            Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
            List<String> keys = keys();
            String key = keys.get(random.nextInt(keys.size()));
            metadata.merge(key, "", (old, none) -> damaged(old, random));
            try {
                ModelContract.parse(metadata);
            } catch (InvalidModelException expected) {
                assertThat(expected).hasMessageContaining("./stampede train");
            }
        }
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int place = random.nextInt(text.length() + 1);
        switch (random.nextInt(3)) {
            case 0 -> damaged.insert(place, (char) (32 + random.nextInt(200)));
            case 1 -> damaged.setLength(place);
            default -> damaged.insert(place, random.nextInt());
        }
        return damaged.toString();
    }

    @ParameterizedTest(name = "a metric named {0}")
    @ValueSource(strings = {"", "a b", "a=b", "a,b"})
    void refusesAMetricWhoseNameWouldNotReadBack(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(PLANES, 0.5f, 1, FINGERPRINT, Map.of(name, 1.0)))
                .withMessageContaining("metric");
    }

    @Test
    void refusesAGoldenStampOfAnotherShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(List.of(Plane.MEAN), 0.5f, 1, FINGERPRINT, Map.of()))
                .withMessageContaining("does not fit");
    }

    @Test
    void readsBackItsPixelScaleWhereItHasOne() {
        assertThat(contract().toMetadata()).doesNotContainKey("stampede.pixel_scale_arcsec");
        assertThat(ModelContract.parse(contract().toMetadata()).pixelScaleArcsec())
                .isEmpty();
        ModelContract known = withPixelScale(0.263);
        assertThat(ModelContract.parse(known.toMetadata())).isEqualTo(known);
    }

    @ParameterizedTest(name = "{0} arcseconds")
    @ValueSource(doubles = {0, -0.2, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPixelScaleThatIsNone(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withPixelScale(scale))
                .withMessageContaining("pixel scale");
        Map<String, String> metadata = new LinkedHashMap<>(contract().toMetadata());
        metadata.put("stampede.pixel_scale_arcsec", String.valueOf(scale));
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelContract.parse(metadata))
                .withMessageContaining("pixel scale");
    }

    private static ModelContract withPixelScale(double arcsec) {
        ModelContract c = contract();
        return new ModelContract(
                c.identity(),
                c.input(),
                c.preprocessing(),
                c.output(),
                Domain.ofTraining(OptionalDouble.of(arcsec)),
                c.evidence());
    }

    @Test
    void refusesAModelWithoutPlanes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(List.of(), 0.5f, 1, FINGERPRINT, Map.of()))
                .withMessageContaining("one or more planes");
    }

    private static ModelContract contract() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("recall", 0.9904);
        metrics.put("accuracy", 1.0 / 3);
        return with(PLANES, 0.1f, 1.2345678901234567, FINGERPRINT, metrics);
    }

    private static ModelContract with(
            List<Plane> planes, float threshold, double temperature, String fingerprint, Map<String, Double> metrics) {
        return new ModelContract(
                new Identity("vgg6", "2026-01, α", "vgg6"),
                new Input(planes, 5),
                Preprocessing.of(Recipe.ASINH_SNR),
                new Output(ModelContract.TWO_CLASSES, threshold, temperature),
                Domain.ofTraining(OptionalDouble.empty()),
                Evidence.ofTraining(fingerprint, metrics, List.of(golden(1, 0.25f), golden(2, Float.MIN_VALUE))));
    }

    private static GoldenStamp golden(long seed, float probability) {
        Random random = new Random(seed);
        float[] pixels = new float[2 * 5 * 5];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        pixels[3] = Float.NaN;
        pixels[4] = -0f;
        return new GoldenStamp(Stamp.of(2, 5, 5, pixels), probability);
    }
}
