package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A second, slow reading of FITS images, straight from the standard, that shares no code with the first. */
final class PlainFits {
    private final float[][] rows;

    private PlainFits(float[][] rows) {
        this.rows = rows;
    }

    int width() {
        return rows[0].length;
    }

    int height() {
        return rows.length;
    }

    float pixel(int row, int column) {
        return rows[row][column];
    }

    static PlainFits read(byte[] file) throws IOException {
        byte[] bytes = file[0] == 0x1f ? new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes() : file;
        Map<String, String> header = new HashMap<>();
        int card = 0;
        while (!new String(bytes, card, 8, US_ASCII).equals("END     ")) {
            String text = new String(bytes, card, 80, US_ASCII);
            if (text.charAt(8) == '=') {
                header.put(
                        text.substring(0, 8).trim(),
                        text.substring(10).split("/", -1)[0].trim());
            }
            card += 80;
        }
        int start = (card + 80 + 2879) / 2880 * 2880;
        int width = Integer.parseInt(header.get("NAXIS1"));
        int height = Integer.parseInt(header.get("NAXIS2"));
        int bits = Integer.parseInt(header.get("BITPIX"));
        double scale = Double.parseDouble(header.getOrDefault("BSCALE", "1"));
        double zero = Double.parseDouble(header.getOrDefault("BZERO", "0"));
        float[][] rows = new float[height][width];
        ByteBuffer data = ByteBuffer.wrap(bytes, start, bytes.length - start);
        for (float[] row : rows) {
            for (int column = 0; column < width; column++) {
                double number = switch (bits) {
                    case -32 -> data.getFloat();
                    case -64 -> data.getDouble();
                    case 16 -> data.getShort();
                    default -> throw new IOException("BITPIX " + bits);
                };
                row[column] = (float) (zero + scale * number);
            }
        }
        return new PlainFits(rows);
    }
}
