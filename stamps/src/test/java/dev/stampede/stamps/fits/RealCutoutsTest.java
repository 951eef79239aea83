package dev.stampede.stamps.fits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The cutouts of real packets of several surveys. */
class RealCutoutsTest {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
    private static final byte[] FITS = "SIMPLE  =".getBytes(US_ASCII);

    @Test
    void readsEveryCutoutOfARealPacket() throws IOException {
        int cutouts = 0;
        try (Stream<Path> files = Files.walk(RealData.folder("packets"))) {
            for (Path packet :
                    files.filter(file -> file.toString().endsWith(".avro")).toList()) {
                for (byte[] file : fitsFilesIn(Files.readAllBytes(packet))) {
                    Stamp stamp = new FitsReader(FitsLimits.STANDARD)
                            .read(file, file.length)
                            .stamp();
                    PixelQuality quality = PixelQuality.measure(stamp);
                    assertThat(quality.sigmaG()).as(packet.toString()).isPositive();
                    assertThat(quality.maskedFraction()).as(packet.toString()).isLessThan(0.6f);
                    cutouts++;
                }
            }
        }
        // Three cutouts in each of nine packets, and two in the one of ATLAS.
        assertThat(cutouts).isEqualTo(29);
    }

    /** Finds files by their first bytes, without knowing the packet. */
    private static List<byte[]> fitsFilesIn(byte[] packet) {
        List<byte[]> files = new ArrayList<>();
        for (int at = 0; at < packet.length; at++) {
            if (packet[at] != GZIP[0] && packet[at] != FITS[0]) {
                continue;
            }
            byte[] rest = Arrays.copyOfRange(packet, at, packet.length);
            if (startsWith(rest, FITS)) {
                files.add(rest);
            } else if (startsWith(rest, GZIP)) {
                gunzipped(rest).ifPresent(files::add);
            }
        }
        return files;
    }

    private static Optional<byte[]> gunzipped(byte[] rest) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(rest))) {
            return Optional.of(gzip.readNBytes(1 << 20));
        } catch (IOException e) {
            return Optional.empty(); // three bytes that are there by chance
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return Arrays.mismatch(bytes, start) == start.length;
    }
}
