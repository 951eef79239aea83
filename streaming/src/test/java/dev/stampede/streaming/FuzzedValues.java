package dev.stampede.streaming;

import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a faulty or hostile producer might send: good alerts of every framing, the same broken a little, texts without
 * end, random bytes behind a good start, nothing at all. The value of a number follows from the seed. Thread-safe.
 */
public final class FuzzedValues {
    /** The largest value that {@link #input} decodes. */
    public static final int MAX_BYTES = 1 << 20;

    /** The numbers of the schemas in Confluent's framing. */
    private static final int SKY_ID = 1;

    private static final int ALERT_ID = 2;

    /** The id of the schema of {@link #bare}, in a record header. */
    private static final UUID GUID = new UUID(0x0123456789abcdefL, 0x1edcba9876543210L);

    /** One value of this many has its schema in a header. */
    private static final int SHARE_BY_HEADER = 16;

    /** Two of the marker, eight of the fingerprint. */
    private static final int SINGLE_OBJECT_HEADER_BYTES = 10;

    private static final byte[][] STARTS = {
        {},
        {0},
        {0, 0, 0, 0, 0, 0, 0, 0, SKY_ID},
        {0, 0, 0, 0, SKY_ID},
        {0, 0, 0, 0, ALERT_ID},
        {(byte) 0xC3, 1},
        {'O', 'b', 'j', 1}
    };

    private static final List<String> TEXTS = List.of("alertId", "objectId", "survey", "band");

    /** More than what an alert has beside one text. */
    private static final int REST_OF_AN_ALERT = 4096;

    private final long seed;
    private final List<byte[]> good = new ArrayList<>();
    private final byte[] bare;

    public FuzzedValues(long seed) {
        this.seed = seed;
        for (String codec : List.of("null", "deflate", "snappy", "zstandard")) {
            good.add(SkyPackets.container(CodecFactory.fromString(codec), SkyPackets.record()));
            good.add(SkyPackets.container(CodecFactory.fromString(codec), SkyPackets.record(), SkyPackets.record()));
        }
        good.add(SkyPackets.containerOfBlocks(
                CodecFactory.nullCodec(), SkyPackets.record(), SkyPackets.record(), SkyPackets.record()));
        good.add(SkyPackets.confluent(SKY_ID, SkyPackets.record()));
        good.add(SkyPackets.confluent(ALERT_ID, binary(alert("in-confluent", 21))));
        good.add(SkyPackets.container(StampAlert.getClassSchema().toString(), binary(alert("in-a-file", 21))));
        good.add(SingleObject.write(alert("an-alert", 21)));
        good.add(SingleObject.write(alert("a-larger-alert", 33)));
        byte[] framed = SkyPackets.confluent(SKY_ID, SkyPackets.record());
        bare = Arrays.copyOfRange(framed, 1 + Integer.BYTES, framed.length);
    }

    /** The record of {@code number}: its value, and for some the header that names their schema. */
    public AlertRecord record(long number) {
        return new AlertRecord(null, value(number), header(number));
    }

    /** The header {@link AlertRecord#SCHEMA_ID_HEADER} of the record of {@code number}, mostly a right one; null for none. */
    public byte @Nullable [] header(long number) {
        SplittableRandom random = headerRandom(number);
        if (random.nextInt(SHARE_BY_HEADER) != 0) {
            return null;
        }
        byte[] header = ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put((byte) 1)
                .putLong(GUID.getMostSignificantBits())
                .putLong(GUID.getLeastSignificantBits())
                .array();
        return random.nextInt(4) == 0 ? Mutation.of(header, random) : header;
    }

    /** Of another sequence than {@link #value}. */
    private SplittableRandom headerRandom(long number) {
        return new SplittableRandom(new SplittableRandom(~seed).nextLong() ^ number);
    }

    /** A gradient, so that it can be judged. */
    private static StampAlert alert(String id, int side) {
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 1 + i * 37 % 101;
        }
        return Alerts.with(id, Alerts.coadd(CoaddKind.MEDIAN, side, side, pixels));
    }

    private static byte[] binary(StampAlert alert) {
        byte[] framed = SingleObject.write(alert);
        return Arrays.copyOfRange(framed, SINGLE_OBJECT_HEADER_BYTES, framed.length);
    }

    /** What reads the good ones; writes the description of their survey to {@code folder}. */
    public static PacketInput input(Path folder) {
        return SkyPackets.input(SkyPackets.catalogue(folder), FuzzedValues::schema);
    }

    private static Optional<Schema> schema(SchemaId id) {
        if (id.equals(new SchemaId.Numbered(SKY_ID)) || id.equals(new SchemaId.Guid(GUID))) {
            return Optional.of(SkyPackets.schema());
        }
        return id.equals(new SchemaId.Numbered(ALERT_ID)) ? Optional.of(StampAlert.getClassSchema()) : Optional.empty();
    }

    /** The value of the record of {@code number}: 0 to {@link #MAX_BYTES} bytes and one, mostly few; null for none. */
    public byte @Nullable [] value(long number) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ number);
        if (headerRandom(number).nextInt(SHARE_BY_HEADER) == 0) {
            return random.nextBoolean() ? Mutation.of(bare, random) : bare.clone();
        }
        int kind = random.nextInt(10_000);
        if (kind < 8000) {
            return Mutation.of(good.get(random.nextInt(good.size())), random);
        }
        if (kind < 9000) {
            return good.get(random.nextInt(good.size())).clone();
        }
        if (kind < 9010) {
            return null;
        }
        if (kind < 9020) {
            return SingleObject.write(endless(random));
        }
        return bytes(kind < 9990 ? random.nextInt(4096) : anySize(random), random);
    }

    /** An alert that is good but for one text of any length. */
    private static StampAlert endless(SplittableRandom random) {
        StampAlert alert = alert("endless", 21);
        String field = TEXTS.get(random.nextInt(TEXTS.size()));
        alert.put(
                StampAlert.getClassSchema().getField(field).pos(),
                "x".repeat(random.nextInt(MAX_BYTES - REST_OF_AN_ALERT)));
        return alert;
    }

    private static int anySize(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> MAX_BYTES;
            case 1 -> MAX_BYTES + 1;
            default -> random.nextInt(MAX_BYTES);
        };
    }

    private static byte[] bytes(int size, SplittableRandom random) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        byte[] start = STARTS[random.nextInt(STARTS.length)];
        System.arraycopy(start, 0, value, 0, Math.min(start.length, size));
        return value;
    }
}
