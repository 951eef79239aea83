package dev.stampede.systemtests.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.systemtests.harness.JavaProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class NightArchiveSystemTest {
    private static final int PACKETS = 100_000;
    private static final long FIRST_ID = 500_000;
    private static final int HEAP_MEBIBYTES = 256;

    @TempDir
    private Path folder;

    private Path archive() throws IOException {
        Path archive = folder.resolve("night.tar.gz");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive))))) {
            for (int i = 0; i < PACKETS; i++) {
                long id = FIRST_ID + i;
                byte[] packet =
                        SkyPackets.container(SkyPackets.record(SkyPackets.schema(), alert -> alert.put("number", id)));
                TarArchiveEntry entry = new TarArchiveEntry(id + ".avro");
                entry.setSize(packet.length);
                tar.putArchiveEntry(entry);
                tar.write(packet);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    @Test
    void classifiesEveryPacketOfANightInAHeapOf256Mebibytes() throws IOException, InterruptedException {
        Path log = folder.resolve("classify.log");
        List<String> arguments = List.of(
                "classify",
                archive().toString(),
                "--survey-file",
                SkyPackets.surveyFile(folder).toString(),
                "--csv");
        try (JavaProcess classify = JavaProcess.start(log, HEAP_MEBIBYTES, StampedeCommands.class, arguments)) {
            assertThat(classify.awaitEnd(Duration.ofMinutes(10))).isZero();
        }
        try (Stream<String> lines = Files.lines(log)) {
            long[] ids = lines.filter(line -> line.contains(".avro,"))
                    .mapToLong(line -> Long.parseLong(line.split(",", 5)[3]))
                    .toArray();
            assertThat(ids).hasSize(PACKETS);
            for (int i = 0; i < PACKETS; i++) {
                assertThat(ids[i]).isEqualTo(FIRST_ID + i);
            }
        }
    }
}
