package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.hdf5.CompoundType;
import dev.stampede.stamps.hdf5.TableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Annotates an HDF5 file of astropy. The bytes of the rows are copied to a new file, which is not compressed; its metadata gets the
 * columns too. A file with other datasets or with attributes is refused, because they would be lost.
 */
final class Hdf5Annotator implements TableAnnotator {
    private static final String META = Hdf5Table.TABLE + ".__table_column_meta__";
    private static final String REMEDY = "; write it with astropy as ECSV or Parquet";
    private static final String NOT_COPIED = ", which are not copied" + REMEDY;

    /** Room for the texts of annotations, bytes. */
    private static final int TEXT_BYTES = 64;

    private final Hdf5Table table;
    private final TableFile written;
    private final SeekableByteChannel channel;
    private final OutputStream out;
    private final Hdf5Table.RowBytes rows;
    private long read;
    private long kept;

    private Hdf5Annotator(Hdf5Table table, TableFile written, SeekableByteChannel channel) throws IOException {
        this.table = table;
        this.written = written;
        this.channel = channel;
        this.rows = table.rowBytes();
        channel.position(written.head(0).length);
        out = TableAnnotator.stream(channel);
    }

    static Hdf5Annotator begin(Path file, SeekableByteChannel out) throws IOException {
        Hdf5Table table = Hdf5Table.open(file);
        try {
            AnnotationColumn.requireAbsent(file, table.columns());
            List<String> meta = table.texts(META);
            if (!List.of(Hdf5Table.TABLE, META).containsAll(table.nodes())) {
                throw new ResultsFormatException(file, "has the datasets " + table.nodes() + NOT_COPIED);
            }
            if (table.hasAttributes()) {
                throw new ResultsFormatException(file, "has attributes" + NOT_COPIED);
            }
            CompoundType type = type(file, table);
            return new Hdf5Annotator(table, new TableFile(Hdf5Table.TABLE, type, META, annotated(file, meta)), out);
        } catch (IOException | RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    private static List<CompoundType.Member> members() {
        return Stream.of(AnnotationColumn.values())
                .map(column -> new CompoundType.Member(column.columnName(), bytes(column), isText(column)))
                .toList();
    }

    private static boolean isText(AnnotationColumn column) {
        return column != AnnotationColumn.PROBABILITY;
    }

    private static int bytes(AnnotationColumn column) {
        return isText(column) ? TEXT_BYTES : Float.BYTES;
    }

    /** The type of the annotated rows. */
    private static CompoundType type(Path file, Hdf5Table table) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return CompoundType.read(channel, table.address()).with(members());
        } catch (CompoundType.UnknownTypeException unknown) {
            throw new ResultsFormatException(file, unknown.getMessage() + REMEDY, unknown);
        } catch (RuntimeException damaged) { // see Hdf5Table.damaged
            throw Hdf5Table.damaged(file, damaged);
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    private static List<String> annotated(Path file, List<String> meta) {
        if (meta.isEmpty()) {
            return meta;
        }
        TableMeta.AnnotationLines added = TableMeta.annotationLines(file, String.join("\n", meta));
        List<String> lines = new ArrayList<>(meta);
        lines.addAll(Math.min(added.after(), lines.size()), added.lines());
        return lines;
    }

    @Override
    public long rows() {
        return table.size();
    }

    @Override
    public void keep(Annotation annotation) throws IOException {
        ByteBuffer row = next();
        byte[] bytes = new byte[row.remaining()];
        row.get(bytes);
        out.write(bytes);
        for (AnnotationColumn column : AnnotationColumn.values()) {
            out.write(cell(column, annotation));
        }
        kept++;
    }

    private byte[] cell(AnnotationColumn column, Annotation annotation) {
        ByteBuffer cell = ByteBuffer.allocate(bytes(column)).order(ByteOrder.LITTLE_ENDIAN);
        if (!isText(column)) {
            return cell.putFloat(annotation.probability()).array();
        }
        byte[] text = column.cell(annotation).getBytes(UTF_8);
        if (text.length > TEXT_BYTES) {
            throw new ResultsFormatException(
                    table.file(),
                    "has room for " + TEXT_BYTES + " bytes of " + column.columnName() + ", not for "
                            + column.cell(annotation) + "; annotate it as ECSV or Parquet");
        }
        return cell.put(text).array();
    }

    @Override
    public void skip() {
        next();
    }

    private ByteBuffer next() {
        if (read == table.size()) {
            throw new ResultsFormatException(table.file(), "has fewer rows than candidates; write it again");
        }
        read++;
        return rows.next();
    }

    @Override
    public void end() throws IOException {
        if (read < table.size()) {
            throw new ResultsFormatException(
                    table.file(), "has " + (table.size() - read) + " more rows than candidates; write it again");
        }
        out.flush();
        channel.position(0);
        ByteBuffer head = ByteBuffer.wrap(written.head(kept));
        while (head.hasRemaining()) {
            channel.write(head);
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
