package dev.stampede.benchmarks;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.Packet;
import dev.stampede.streaming.packet.PacketInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nom.tam.fits.Fits;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * ZTF packets to stamps, packets a second on one core: our way against Avro and nom-tam-fits used plainly, in the same
 * run. The packets are files of a folder given by {@code -p packets=DIR}; without it there is nothing to measure.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
public class PacketBenchmark {
    @Param("none")
    public String packets = "none";

    private final List<byte[]> values = new ArrayList<>();
    private final AlertDecoder decoder = PacketInput.standard(1 << 20).newDecoder(List.of(CoaddKind.MEDIAN));
    private int next;

    /** Reads the packets. */
    @Setup
    public void read() throws IOException {
        if (packets.equals("none")) {
            throw new IllegalStateException("give a folder of ZTF packets with -p packets=DIR");
        }
        try (Stream<Path> files = Files.list(Path.of(packets))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avro"))
                    .sorted()
                    .toList()) {
                values.add(Files.readAllBytes(file));
            }
        }
    }

    @TearDown
    public void close() {
        decoder.close();
    }

    private byte[] value() {
        next = (next + 1) % values.size();
        return values.get(next);
    }

    /** As the stream does it. */
    @Benchmark
    public Stamp stampede() {
        Packet packet = decoder.decode(value());
        return ((Alert) packet).stamp().orElseThrow();
    }

    /** Avro's own reader of container files, which parses the schema each time; then nom-tam-fits. */
    @Benchmark
    public Object plainContainerFile() throws IOException {
        try (DataFileStream<GenericRecord> stream =
                new DataFileStream<>(new ByteArrayInputStream(value()), new GenericDatumReader<>())) {
            return image(stream.next());
        }
    }

    /** Avro with its schema known beforehand, all fields read; then nom-tam-fits. */
    @Benchmark
    public Object plainRecord(Unwrapped unwrapped) throws IOException {
        return image(unwrapped.read());
    }

    private static Object image(GenericRecord packet) throws IOException {
        ByteBuffer bytes = (ByteBuffer) ((GenericRecord) packet.get("cutoutDifference")).get("stampData");
        byte[] image = new byte[bytes.remaining()];
        bytes.get(image);
        try (Fits fits = new Fits(new ByteArrayInputStream(image))) {
            return fits.readHDU().getKernel();
        }
    }

    /** The records of the packets without their container, those of the first one's schema. */
    @State(Scope.Benchmark)
    public static class Unwrapped {
        private final List<byte[]> records = new ArrayList<>();
        private GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>();
        private @Nullable BinaryDecoder binary;
        private int next;

        /** Unwraps the packets. */
        @Setup
        public void unwrap(PacketBenchmark benchmark) throws IOException {
            for (byte[] value : benchmark.values) {
                try (DataFileStream<GenericRecord> stream =
                        new DataFileStream<>(new ByteArrayInputStream(value), new GenericDatumReader<>())) {
                    if (records.isEmpty()) {
                        reader = new GenericDatumReader<>(stream.getSchema());
                    }
                    ByteBuffer block = stream.nextBlock();
                    if (stream.getSchema().equals(reader.getSchema())) {
                        byte[] record = new byte[block.remaining()];
                        block.get(record);
                        records.add(record);
                    }
                }
            }
        }

        private GenericRecord read() throws IOException {
            next = (next + 1) % records.size();
            binary = DecoderFactory.get().binaryDecoder(records.get(next), binary);
            return reader.read(null, binary);
        }
    }
}
