package dev.stampede.benchmarks.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertDecoder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
