package dev.stampede.benchmarks.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertDecoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PacketBenchTest {
    private static final int SIDE = 63;

    @Test
    void decodingAndPlainReadingGiveTheSamePixels() {
        List<byte[]> packets = ZtfLikePackets.of(5, 1);
        PlainPackets plain = new PlainPackets(packets);
        AlertDecoder decoder = PacketBench.newDecoder();
        for (int number = 0; number < packets.size(); number++) {
            // Plain reading begins with the second packet.
            Stamp stamp = PacketBench.decode(decoder, packets.get((number + 1) % packets.size()));
            float[][] image = (float[][]) plain.readNext();
            assertThat(image).hasDimensions(SIDE, SIDE);
            int margin = (SIDE - stamp.height()) / 2;
            for (int row = 0; row < stamp.height(); row++) {
                for (int column = 0; column < stamp.width(); column++) {
                    assertThat(stamp.pixel(0, row, column)).isEqualTo(image[margin + row][margin + column]);
                }
            }
        }
    }

    @Test
    void everyMessageIsDecodedAndTheHeapIsSampled() {
        PacketBench.Result result = PacketBench.run(ZtfLikePackets.of(3, 1), 60, 0.01);
        assertThat(result.messages()).isEqualTo(60);
        assertThat(result.meanPacketBytes()).isBetween(60_000L, 80_000L);
        assertThat(result.heapAfterCollectionMebibytes()).hasSize(20);
    }

    @Test
    void measuresInAHeapOf256Megabytes() {
        assertThat(PacketsCommand.command(List.of("--messages", "7")))
                .contains("-Xmx256m", "--here", "dev.stampede.benchmarks.command.BenchCommands")
                .endsWith("--messages", "7");
    }

    @Test
    void classifiesPacketsAndComparesWithTheEngineAlone(@TempDir Path folder) throws Exception {
        Path file = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        ClassificationBench.Result result =
                ClassificationBench.run(ModelFile.read(file), ZtfLikePackets.of(3, 1), 2, 0.02);
        assertThat(result.threads()).isEqualTo(2);
        assertThat(List.of(
                        result.classifiedPerSecond(),
                        result.onnxRuntimePerSecond(),
                        result.ratioToOnnxRuntime(),
                        result.readMicros(),
                        result.normaliseMicros(),
                        result.onnxRuntimeMicros(),
                        result.readOneCutoutMicros(),
                        result.readThreeCutoutsMicros()))
                .allSatisfy(figure -> assertThat(figure).isPositive().isFinite());
    }
}
