package dev.stampede.stamps.fits;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import nom.tam.fits.Header;
import nom.tam.fits.header.Compression;

/**
 * An image in tiles that are compressed one by one, in a binary table: RICE_1, GZIP_1, GZIP_2, HCOMPRESS_1 or PLIO_1.
 * Source: the FITS standard, version 4.0, section 10.
 */
final class TiledImage {
    private static final String COMPRESSED = "COMPRESSED_DATA";

    private final Header header;
    private final TileTable table;
    private final int width;
    private final int height;
    private final int planes;
    private final int bitsPerNumber;
    private final String algorithm;
    private final PixelScaling scaling;

    /** @param bytes the table, complete */
    TiledImage(Header header, ByteBuffer bytes) {
        this.header = header;
        table = new TileTable(header, bytes);
        width = header.getIntValue(Compression.ZNAXISn.n(1));
        height = header.getIntValue(Compression.ZNAXISn.n(2));
        planes = header.getIntValue(Compression.ZNAXISn.n(3), 1);
        bitsPerNumber = header.getIntValue(Compression.ZBITPIX);
        algorithm = String.valueOf(header.getStringValue(Compression.ZCMPTYPE)).strip();
        scaling = PixelScaling.ofTiles(header);
    }

    /** Whether a table holds an image. */
    static boolean isIn(Header table) {
        return table.getBooleanValue(Compression.ZIMAGE, false);
    }

    /** All pixels by planes and rows. */
    float[] pixels() {
        int tileWidth = tileSide(1, width);
        int tileHeight = tileSide(2, 1);
        int tileDepth = tileSide(3, 1);
        float[] pixels = new float[Math.multiplyExact(planes, Math.multiplyExact(height, width))];
        int tile = 0;
        for (int front = 0; front < planes; front += tileDepth) {
            for (int top = 0; top < height; top += tileHeight) {
                for (int left = 0; left < width; left += tileWidth, tile++) {
                    if (tile == table.rows()) {
                        throw new FitsFormatException("its table has " + tile + " tiles, too few for the image");
                    }
                    int depth = Math.min(tileDepth, planes - front);
                    int rows = Math.min(tileHeight, height - top);
                    int columns = Math.min(tileWidth, width - left);
                    float[] content = tile(tile, depth * rows * columns);
                    for (int row = 0; row < depth * rows; row++) {
                        int at = (front + row / rows) * height + top + row % rows;
                        System.arraycopy(content, row * columns, pixels, at * width + left, columns);
                    }
                }
            }
        }
        return pixels;
    }

    /** The difference between neighbouring values: of integers, or of floats that were rounded but not dithered; else 0. */
    double step() {
        if (bitsPerNumber > 0) {
            return Math.abs(scaling.scale());
        }
        double step = 0;
        for (int tile = 0; tile < table.rows() && isQuantised() && dither() == TileQuantisation.Dither.NONE; tile++) {
            step = Math.max(step, quantity("ZSCALE", tile, 0) * Math.abs(scaling.scale()));
        }
        return step;
    }

    private boolean isQuantised() {
        return bitsPerNumber < 0 && (table.has("ZSCALE") || header.containsKey("ZSCALE"));
    }

    private TileQuantisation.Dither dither() {
        return TileQuantisation.Dither.named(String.valueOf(header.getStringValue(Compression.ZQUANTIZ)));
    }

    private int tileSide(int axis, int otherwise) {
        int side = header.getIntValue(Compression.ZTILEn.n(axis), otherwise);
        if (side < 1) {
            throw new FitsFormatException("its tiles have a side of " + side + " pixels");
        }
        return side;
    }

    private float[] tile(int tile, int count) {
        byte[] packed = table.content(COMPRESSED, tile);
        int bytes = Math.abs(bitsPerNumber) / Byte.SIZE;
        if (packed.length > 0) {
            int packedBytes = isQuantised() ? Integer.BYTES : bytes;
            if (algorithm.startsWith("GZIP_")) {
                int shuffled = algorithm.equals("GZIP_2") ? packedBytes : 1;
                ByteBuffer numbers = TileCodec.gunzip(packed, count * packedBytes, shuffled);
                return isQuantised()
                        ? quantised(integers(numbers, count, Integer.SIZE), tile)
                        : numbers(numbers, count);
            }
            long[] integers = TileCodec.integers(algorithm, packed, count, packedBytes, this::parameter);
            return isQuantised() ? quantised(integers, tile) : scaled(integers);
        }
        byte[] gzipped = table.content("GZIP_COMPRESSED_DATA", tile);
        if (gzipped.length > 0) {
            return numbers(TileCodec.gunzip(gzipped, count * bytes, 1), count);
        }
        byte[] plain = table.content("UNCOMPRESSED_DATA", tile);
        if (plain.length != count * bytes || count == 0) {
            throw new FitsFormatException("the tile " + (tile + 1) + " has no data");
        }
        return numbers(ByteBuffer.wrap(plain), count);
    }

    /** The value of a column for a tile, else of the keyword of that name. */
    private double quantity(String name, int tile, double otherwise) {
        return table.number(name, tile).orElseGet(() -> header.getDoubleValue(name, otherwise));
    }

    /** A parameter of the algorithm; -1 if the header does not have it. */
    private int parameter(String name) {
        for (int i = 1; header.containsKey(Compression.ZNAMEn.n(i)); i++) {
            if (name.equals(header.getStringValue(Compression.ZNAMEn.n(i)))) {
                return header.getIntValue(Compression.ZVALn.n(i), -1);
            }
        }
        return -1;
    }

    private float[] quantised(long[] integers, int tile) {
        double[] pixels = new TileQuantisation(
                        quantity("ZSCALE", tile, 1),
                        quantity("ZZERO", tile, 0),
                        (long) quantity("ZBLANK", tile, PixelScaling.INTEGER_NULL),
                        dither(),
                        tile + header.getLongValue(Compression.ZDITHER0, 1) - 1)
                .pixels(integers);
        return scaled(pixels);
    }

    /** Numbers of the type of the image. */
    private float[] numbers(ByteBuffer numbers, int count) {
        if (bitsPerNumber > 0) {
            return scaled(integers(numbers, count, bitsPerNumber));
        }
        double[] pixels = new double[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = bitsPerNumber == -Float.SIZE ? numbers.getFloat() : numbers.getDouble();
        }
        return scaled(pixels);
    }

    private static long[] integers(ByteBuffer numbers, int count, int bits) {
        long[] integers = new long[count];
        for (int i = 0; i < count; i++) {
            integers[i] = switch (bits) {
                case Byte.SIZE -> numbers.get() & 0xff; // the bytes of FITS are unsigned
                case Short.SIZE -> numbers.getShort();
                case Integer.SIZE -> numbers.getInt();
                default -> numbers.getLong();
            };
        }
        return integers;
    }

    private float[] scaled(Object numbers) {
        float[] pixels = new float[Array.getLength(numbers)];
        scaling.copy(numbers, pixels, 0, pixels.length);
        return pixels;
    }
}
