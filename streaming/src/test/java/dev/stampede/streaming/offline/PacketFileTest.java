package dev.stampede.streaming.offline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.registry.SchemaSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets, container files and archives, compressed and not. */
class PacketFileTest {
    private final SkippedFiles skipped = new SkippedFiles();

    @TempDir
    private Path folder;

    private PacketInput input;

    @BeforeEach
    void openTheSurvey() throws IOException {
        Path description = Files.createDirectory(folder.resolve("survey"));
        input = SkyPackets.input(SkyPackets.catalogue(description), SchemaSource.NONE);
    }

    private static GenericRecord numbered(long number) {
        return SkyPackets.record(SkyPackets.schema(), alert -> alert.put("number", number));
    }

    /** Two alerts in two blocks. */
    private static byte[] pair(long first) {
        return SkyPackets.containerOfBlocks(CodecFactory.snappyCodec(), numbered(first), numbered(first + 1));
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path archive(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream zipped = name.endsWith("gz") ? new GZIPOutputStream(plain) : plain;
                TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(content.getKey());
                entry.setSize(content.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(content.getValue());
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    private static Map<String, byte[]> night() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("night/one.avro", SkyPackets.container(numbered(1)));
        entries.put("night/notes.txt", "cloudy".getBytes(UTF_8));
        entries.put("night/two.avro.gz", FitsBytes.gzip(pair(2)));
        byte[] broken = FitsBytes.gzip(SkyPackets.container(numbered(4)));
        entries.put("night/broken.avro.gz", Arrays.copyOf(broken, broken.length / 2));
        entries.put("night/five.avro", SkyPackets.container(numbered(5)));
        return entries;
    }

    /** The alerts or failures: name, index in the file, and id or error class. */
    private List<String> read(List<Path> inputs) {
        List<String> read = new ArrayList<>();
        new StampReader(
                        Optional.of(input.newDecoder(List.of(Plane.MEDIAN))),
                        StampReading.DEFAULT,
                        Optional.empty(),
                        (stamp, file) -> stamp,
                        skipped)
                .all(InputFiles.arraysAndPackets(inputs, skipped))
                .forEach(candidate -> {
                    FileStamp.Failure failure = candidate.failure();
                    read.add(candidate.file().substring(folder.toString().length() + 1) + " " + candidate.index() + " "
                            + (failure != null
                                    ? failure.errorClass()
                                    : Objects.requireNonNull(candidate.alert()).id()));
                });
        return read;
    }

    @Test
    void readsTheAlertsOfAnArchiveAndNamesWhatItSkips() throws IOException {
        for (String name : List.of("night.tar", "night.tar.gz", "night.tgz")) {
            assertThat(read(List.of(archive(name, night()))))
                    .containsExactly(
                            name + "/night/one.avro 0 1",
                            name + "/night/two.avro.gz 0 2",
                            name + "/night/two.avro.gz 1 3",
                            name + "/night/broken.avro.gz 0 UNREADABLE_FILE",
                            name + "/night/five.avro 0 5");
        }
        assertThat(skipped.describe())
                .startsWith("Skipped 3 files of other types: ")
                .contains("night.tgz/night/notes.txt");
    }

    @Test
    void aDamagedArchiveIsOneFailureOfTheFileInItOrOfTheArchive() throws IOException {
        byte[] one = SkyPackets.container(numbered(1));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("one.avro", one);
        entries.put("two.avro.gz", FitsBytes.gzip(pair(2)));
        byte[] whole = Files.readAllBytes(archive("whole.tar", entries));
        int second = 512 * (1 + (one.length + 511) / 512);
        assertThat(read(List.of(write("a.tar", Arrays.copyOf(whole, second + 512 + 600)))))
                .containsExactly("a.tar/one.avro 0 1", "a.tar/two.avro.gz 0 UNREADABLE_FILE");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, second + 124, second + 136, (byte) 'x'); // the size of the file
        assertThat(read(List.of(write("b.tar", damaged))))
                .containsExactly("b.tar/one.avro 0 1", "b.tar 0 UNREADABLE_FILE");
        byte[] zipped = FitsBytes.gzip(whole);
        assertThat(read(List.of(write("c.tgz", Arrays.copyOf(zipped, zipped.length - 600)))))
                .startsWith("c.tgz/one.avro 0 1")
                .filteredOn(line -> line.contains("UNREADABLE"))
                .hasSize(1);
    }

    @Test
    void keepsNamesInAnArchiveThatThisSystemCannotHave() throws IOException {
        Path file = folder.resolve("n.tar");
        byte[] one = SkyPackets.container(numbered(1));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry("a\0" + "b".repeat(120) + ".avro");
            entry.setSize(one.length);
            tar.putArchiveEntry(entry);
            tar.write(one);
            tar.closeArchiveEntry();
        }
        assertThat(read(List.of(file))).containsExactly("n.tar/a\0" + "b".repeat(120) + ".avro 0 1");
    }

    @Test
    void refusesToSendThePacketsOfAPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.tar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> AlertSource.files(List.of(pipe), StampReading.DEFAULT, Map.of(), skipped))
                .withMessageContaining("pipe.tar: it is a pipe");
    }

    @Test
    void readsThePacketsOfAFolderAndCountsTheOtherFiles() throws IOException {
        write("in/a.avro", pair(1));
        write("in/b.avro.gz", FitsBytes.gzip(pair(3)));
        write("in/deep/c.fits", new byte[] {1});
        Files.move(archive("c.tgz", Map.of("x.avro", pair(5))), folder.resolve("in/c.tgz"));
        assertThat(read(List.of(folder.resolve("in"))))
                .containsExactly(
                        "in/a.avro 0 1",
                        "in/a.avro 1 2",
                        "in/b.avro.gz 0 3",
                        "in/b.avro.gz 1 4",
                        "in/c.tgz/x.avro 0 5",
                        "in/c.tgz/x.avro 1 6");
        assertThat(skipped.describe())
                .isEqualTo("Skipped 1 file of other types: " + folder.resolve("in/deep/c.fits") + ".");
    }

    @Test
    void recognisesCompressedPacketsAndArchivesByTheirContent() throws IOException {
        Files.move(archive("c.tgz", Map.of("x.avro", pair(1))), folder.resolve("night"));
        assertThat(read(List.of(write("packet", FitsBytes.gzip(pair(3))), folder.resolve("night"))))
                .containsExactly("packet 0 3", "packet 1 4", "night/x.avro 0 1", "night/x.avro 1 2");
    }

    @Test
    void readsAnArchiveFromAPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.tar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] content = Files.readAllBytes(archive("night.tar", night()));
        Thread writer = new Thread(() -> {
            try {
                Files.write(pipe, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(read(List.of(pipe))).hasSize(5).last().isEqualTo("pipe.tar/night/five.avro 0 5");
        writer.join();
    }

    @Test
    void theAlertsBeforeADamageAreReadAndTheRestIsOneFailure() throws IOException {
        byte[] whole = pair(1);
        byte[] damaged = whole.clone();
        damaged[whole.length - 1] ^= 1; // in the last sync marker
        for (byte[] content : List.of(damaged, Arrays.copyOf(whole, whole.length - 30))) {
            assertThat(read(List.of(write("a.avro", content))))
                    .as("%d of %d bytes", content.length, whole.length)
                    .containsExactly("a.avro 0 1", "a.avro 1 CORRUPT_AVRO");
        }
        byte[] zipped = FitsBytes.gzip(whole);
        assertThat(read(List.of(write("b.avro.gz", Arrays.copyOf(zipped, zipped.length - 8)))))
                .startsWith("b.avro.gz 0 1")
                .endsWith("b.avro.gz 0 UNREADABLE_FILE");
        assertThat(read(List.of(write("c.avro", SkyPackets.container(SkyPackets.SCHEMA_JSON, new byte[0], 0)))))
                .containsExactly("c.avro 0 CORRUPT_AVRO");
    }

    /** 10,000 packets with a schema of 4 MB would need 40 GB. */
    @Test
    void createsAPacketOfOneAlertWhenItIsTaken() {
        String doc = " ".repeat(4 << 20);
        String schema = "{\"type\": \"record\", \"name\": \"r\", \"doc\": \"" + doc
                + "\", \"fields\": [{\"name\": \"f\", \"type\": \"int\"}]}";
        byte[] packet = SkyPackets.container(schema, new byte[10_000], 10_000);
        assertThat(SingleAlerts.count(packet)).isEqualTo(10_000);
        assertThat(SingleAlerts.of(packet).iterator().next()).isEqualTo(SkyPackets.container(schema, new byte[1], 1));
    }

    @Test
    void producesEachAlertInARecordOfItsOwn() throws IOException {
        byte[] one = SkyPackets.container(numbered(1));
        List<Path> files = List.of(write("one.avro", one), archive("n.tar.gz", Map.of("night/two.avro", pair(2))));
        try (AlertSource source = AlertSource.files(files, StampReading.DEFAULT, Map.of(), skipped)) {
            List<String> sent = new ArrayList<>();
            for (long number = 0; number < source.count(); number++) {
                String key = source.key().apply(number);
                byte[] value = source.value().apply(number);
                sent.addAll(read(List.of(write("sent", value))).stream()
                        .map(read -> key + " " + read)
                        .toList());
                if (number == 0) {
                    assertThat(value).isEqualTo(one);
                }
            }
            assertThat(sent).containsExactly("one sent 0 1", "two sent 0 2", "two-0000000001 sent 0 3");
        }
    }
}
