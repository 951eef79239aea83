package dev.stampede.stamps.fits;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.compression.algorithm.hcompress.HCompressor.IntHCompressor;
import nom.tam.fits.compression.algorithm.hcompress.HCompressorOption;
import nom.tam.fits.compression.algorithm.plio.PLIOCompress.ShortPLIOCompressor;
import nom.tam.fits.compression.algorithm.rice.RiceCompressOption;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor.ByteRiceCompressor;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor.IntRiceCompressor;
import nom.tam.fits.compression.algorithm.rice.RiceCompressor.ShortRiceCompressor;

/**
 * Decompresses one tile to numbers. The algorithms are those of the library; its images are not used, because it reads
 * quantised tiles with a bias of half a step, and those in gzip as floats. Source: the FITS standard, version 4.0, section
 * 10.4.
 */
final class TileCodec {
    private static final int RICE_BLOCK_PIXELS = 32;
    private static final short HCOMPRESS_MAGIC = (short) 0xdd99;

    private TileCodec() {}

    /**
     * The integers of a tile.
     *
     * @param parameters the number with a name in ZNAMEi, else below 0
     * @throws FitsFormatException if they cannot be decompressed
     */
    static long[] integers(
            String algorithm, byte[] tile, int count, int bytesPerNumber, ToIntFunction<String> parameters) {
        ByteBuffer packed = ByteBuffer.wrap(tile);
        return switch (algorithm) {
            case "RICE_1", "RICE_ONE" -> rice(packed, count, bytesPerNumber, parameters);
            case "HCOMPRESS_1" -> hcompress(packed, count, parameters);
            case "PLIO_1" -> plio(packed, count, bytesPerNumber);
            default ->
                throw new FitsFormatException("its tiles are compressed with " + algorithm
                        + "; RICE_1, GZIP_1, GZIP_2, HCOMPRESS_1 and PLIO_1 are supported");
        };
    }

    private static long[] rice(ByteBuffer packed, int count, int bytesPerNumber, ToIntFunction<String> parameters) {
        int block = parameters.applyAsInt("BLOCKSIZE");
        int bytes = parameters.applyAsInt("BYTEPIX");
        RiceCompressOption option = new RiceCompressOption()
                .setBlockSize(block > 0 ? block : RICE_BLOCK_PIXELS)
                .setBytePix(bytes > 0 ? bytes : bytesPerNumber);
        long[] numbers = new long[count];
        if (option.getBytePix() == Byte.BYTES) {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            new ByteRiceCompressor(option).decompress(packed, buffer);
            for (int i = 0; i < count; i++) {
                numbers[i] = buffer.get(i) & 0xff; // the bytes of FITS are unsigned
            }
        } else if (option.getBytePix() == Short.BYTES) {
            ShortBuffer buffer = ShortBuffer.allocate(count);
            new ShortRiceCompressor(option).decompress(packed, buffer);
            for (int i = 0; i < count; i++) {
                numbers[i] = buffer.get(i);
            }
        } else {
            IntBuffer buffer = IntBuffer.allocate(count);
            new IntRiceCompressor(option).decompress(packed, buffer);
            for (int i = 0; i < count; i++) {
                numbers[i] = buffer.get(i);
            }
        }
        return numbers;
    }

    private static long[] hcompress(ByteBuffer packed, int count, ToIntFunction<String> parameters) {
        // The tile states its own size, which the library believes.
        if (packed.remaining() < Short.BYTES + 2 * Integer.BYTES
                || packed.getShort(0) != HCOMPRESS_MAGIC
                || (long) packed.getInt(Short.BYTES) * packed.getInt(Short.BYTES + Integer.BYTES) != count) {
            throw new FitsFormatException("a tile of HCOMPRESS_1 has not the size that the header says");
        }
        HCompressorOption option = new HCompressorOption().setSmooth(parameters.applyAsInt("SMOOTH") > 0);
        IntBuffer buffer = IntBuffer.allocate(count);
        new IntHCompressor(option).decompress(packed, buffer);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = buffer.get(i);
        }
        return numbers;
    }

    private static long[] plio(ByteBuffer packed, int count, int bytesPerNumber) {
        if (bytesPerNumber > Short.BYTES) {
            throw new FitsFormatException("tiles of PLIO_1 are supported for integers of 8 and 16 bits only");
        }
        ShortBuffer buffer = ShortBuffer.allocate(count);
        new ShortPLIOCompressor().decompress(packed, buffer);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = buffer.get(i);
        }
        return numbers;
    }

    /**
     * The {@code size} bytes of a tile in gzip.
     *
     * @param shuffledBytes of a number of which the file has all first bytes, then all second ones; 1 if it has them
     *     in order
     */
    static ByteBuffer gunzip(byte[] tile, int size, int shuffledBytes) {
        byte[] unpacked;
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(tile))) {
            unpacked = gzip.readNBytes(size);
            if (unpacked.length < size || gzip.read() >= 0) {
                throw new FitsFormatException("a tile in gzip has not " + size + " bytes");
            }
        } catch (IOException e) {
            throw new FitsFormatException("a tile in gzip is damaged: " + e.getMessage(), e);
        }
        byte[] ordered = new byte[size];
        int numbers = size / shuffledBytes;
        for (int i = 0; i < size; i++) {
            ordered[i] = unpacked[i % shuffledBytes * numbers + i / shuffledBytes];
        }
        return ByteBuffer.wrap(ordered);
    }
}
