package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model files that were made to do harm. Field numbers are those of {@code onnx.proto}. */
class CraftedModelTest {
    private static final String ELSEWHERE = "keeps weights in other files (external_data)";

    private static ProtoMessage externalTensor() {
        return new ProtoMessage()
                .number(1, 2)
                .number(2, 1)
                .text(8, "stolen")
                .message(13, new ProtoMessage().text(1, "location").text(2, "../../../../etc/passwd"))
                .number(14, 1);
    }

    private static ProtoMessage model(ProtoMessage graph) {
        return new ProtoMessage()
                .number(1, 8)
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").number(2, 17));
    }

    private static ProtoMessage nodeWith(ProtoMessage attribute) {
        return new ProtoMessage().text(2, "out").text(4, "Constant").message(5, attribute);
    }

    private static Map<String, ProtoMessage> hidingPlaces() {
        ProtoMessage inGraph = new ProtoMessage().message(5, externalTensor());
        ProtoMessage inAttribute = nodeWith(new ProtoMessage().text(1, "value").message(5, externalTensor()));
        return Map.of(
                "initializer", model(inGraph),
                "sparse initializer",
                        model(new ProtoMessage().message(15, new ProtoMessage().message(1, externalTensor()))),
                "constant", model(new ProtoMessage().message(1, inAttribute)),
                "list of constants",
                        model(new ProtoMessage()
                                .message(1, nodeWith(new ProtoMessage().message(10, externalTensor())))),
                "branch", model(new ProtoMessage().message(1, nodeWith(new ProtoMessage().message(6, inGraph)))),
                "function", model(new ProtoMessage()).message(25, new ProtoMessage().message(7, inAttribute)),
                "second graph", model(new ProtoMessage()).message(7, inGraph));
    }

    private static byte[] hiding(String place) {
        return Objects.requireNonNull(hidingPlaces().get(place)).toBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initializer",
                "sparse initializer",
                "constant",
                "list of constants",
                "branch",
                "function",
                "second graph"
            })
    void refusesWeightsThatAreKeptInOtherFiles(String place) {
        byte[] bytes = hiding(place);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> StampModel.open(ModelFile.of(bytes, "crafted")))
                .withMessageContaining(ELSEWHERE);
    }

    /** Of a location alone it does not matter whether there is a path: neither is ever opened. */
    @Test
    void refusesATensorThatOnlySaysThatItIsElsewhere() {
        ProtoMessage tensor =
                new ProtoMessage().number(1, 2).number(2, 1).text(8, "w").number(14, 1);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelFile.of(
                                model(new ProtoMessage().message(5, tensor)).toBytes(), "crafted")
                        .requireSelfContained())
                .withMessageContaining(ELSEWHERE);
    }

    /** A group, which protobuf skips and ONNX never has, could hide what follows from a reader that stops there. */
    @Test
    void refusesWhatItCannotRead() {
        byte[] model = model(new ProtoMessage().message(5, externalTensor())).toBytes();
        byte[] behindAGroup = new byte[model.length + 4];
        int startOfGroup = 100 << 3 | 3;
        behindAGroup[0] = (byte) (startOfGroup | 0x80);
        behindAGroup[1] = (byte) (startOfGroup >> 7);
        behindAGroup[2] = (byte) (startOfGroup + 1 | 0x80);
        behindAGroup[3] = (byte) (startOfGroup >> 7);
        System.arraycopy(model, 0, behindAGroup, 4, model.length);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelFile.of(behindAGroup, "crafted").requireSelfContained())
                .withMessageContaining("is not an ONNX model");
    }

    @Test
    void refusesOperatorsOfLibrariesThatAreNotRegistered() {
        ProtoMessage node =
                TinyGraph.node("RunAnything", "probabilities", "stamps").text(7, "evil.corp");
        byte[] bytes = model(new ProtoMessage().message(1, node).text(2, "g"))
                .message(8, new ProtoMessage().text(1, "evil.corp").number(2, 1))
                .toBytes();
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> StampModel.open(ModelFile.of(bytes, "crafted")))
                .withMessageContaining("crafted is not an ONNX model that ONNX Runtime can load");
    }

    @Test
    void takesWeightsThatOnlySpeakOfOtherFiles() {
        byte[] bytes = model(new ProtoMessage()
                        .text(10, "external_data location ../../etc/passwd")
                        .message(5, TinyGraph.tensor("external_data", new float[] {1}, 1)))
                .toBytes();
        ModelFile.of(bytes, "harmless").requireSelfContained();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("external_data");
    }

    @Test
    void doesNotRepeatAnEntryOfMegabytesInItsRefusal() {
        ModelFile file = TinyModel.standard()
                .withEntry("stampede.recipe", "x".repeat(5_000_000))
                .file();
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> StampModel.open(file))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(500));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsInAnAnswerWhateverTheBytesAre(long seed) {
        Random random = new Random(seed);
        byte[] bytes = hiding("branch");
        bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        ModelFile file = ModelFile.of(bytes, "random");
        try {
            file.requireSelfContained();
        } catch (InvalidModelException refused) {
            assertThat(refused).hasMessageContaining("random");
        }
    }
}
