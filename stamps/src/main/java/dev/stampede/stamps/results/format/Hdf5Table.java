package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.FloatRange;
import dev.stampede.stamps.stamp.Stamp;
import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.ArrayDataType;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.StringData;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A table as astropy writes it to HDF5: one compound dataset, of which slices of rows are read. */
final class Hdf5Table implements ResultTable {
    /** The first bytes of the file. */
    static final String MAGIC = "\u0089HDF";

    /** The dataset of the rows. */
    static final String TABLE = "__astropy_table__";

    /** A slice of rows has about this many bytes. */
    private static final int SLICE_BYTES = 4 << 20;

    private final Path file;
    private final HdfFile hdf;
    private final DatasetBase rows;
    private final int size;
    private final List<Member> members;

    private Hdf5Table(Path file, HdfFile hdf, DatasetBase rows, List<Member> members) {
        this.file = file;
        this.hdf = hdf;
        this.rows = rows;
        this.size = rows.getDimensions()[0];
        this.members = members;
    }

    /**
     * A column.
     *
     * @param offset of its cell in a row, bytes
     * @param element the type of one number or text
     * @param count elements of a cell
     * @param shape empty for a number or text
     */
    private record Member(String name, int offset, DataType element, int count, Optional<ArrayShape> shape) {
        static Member of(CompoundDataMember member) {
            if (!(member.getDataType() instanceof ArrayDataType array)) {
                return new Member(member.getName(), member.getOffset(), member.getDataType(), 1, Optional.empty());
            }
            int count = array.getSize() / array.getBaseType().getSize();
            return new Member(
                    member.getName(),
                    member.getOffset(),
                    array.getBaseType(),
                    count,
                    ArrayShape.of(axes(array.getArrayTypeDimensions(), count)));
        }

        /** The library (0.13) reads of two axes the first, and of three the first and the last, in files of h5py. */
        private static List<Integer> axes(int[] read, int count) {
            return switch (read.length) {
                case 1 -> List.of(count);
                case 2 -> List.of(read[0], count / read[0]);
                case 3 ->
                    read[0] * read[1] * read[2] == count
                            ? List.of(read[0], read[1], read[2])
                            : List.of(read[0], count / (read[0] * read[1]), read[1]);
                default -> List.of();
            };
        }

        /** The number or text of a cell; texts are UTF-8, which astropy writes as bytes. */
        String text(ByteBuffer row) {
            if (element instanceof StringData) {
                byte[] bytes = new byte[element.getSize()];
                row.get(offset, bytes);
                return new String(bytes, UTF_8).replaceFirst("\0+$", "");
            }
            return String.valueOf(Array.get(elements(row), 0));
        }

        /** The elements of a cell, an array of numbers or truth values. */
        Object elements(ByteBuffer row) {
            return element.fillData(row.slice(offset, count * element.getSize()), new int[] {count}, null);
        }
    }

    static Hdf5Table open(Path file) {
        HdfFile hdf = openFile(file);
        try {
            if (hdf.getChild(TABLE) instanceof DatasetBase rows
                    && rows.getDataType() instanceof CompoundDataType type
                    && rows.getDimensions().length == 1) {
                requireComplete(file, rows);
                return new Hdf5Table(
                        file,
                        hdf,
                        rows,
                        type.getMembers().stream().map(Member::of).toList());
            }
            throw new ResultsFormatException(
                    file,
                    "has no table at the path " + TABLE
                            + "; write it with astropy's Table.write(..., format=\"hdf5\")");
        } catch (ResultsFormatException refused) {
            hdf.close();
            throw refused;
        } catch (IOException failure) {
            hdf.close();
            throw FileAccessException.reading(file, failure);
        } catch (RuntimeException | OutOfMemoryError damaged) { // see damaged
            hdf.close();
            throw damaged(file, damaged);
        }
    }

    /** The library reads zeros behind the end of a file. */
    private static void requireComplete(Path file, DatasetBase rows) throws IOException {
        if (rows instanceof ContiguousDataset contiguous
                && contiguous.getDataAddress() + rows.getStorageInBytes() > Files.size(file)) {
            throw new ResultsFormatException(
                    file, "is truncated: it has " + Files.size(file) + " bytes; write or copy it again");
        }
    }

    private static HdfFile openFile(Path file) {
        try {
            if (!Files.isReadable(file)) {
                Files.newInputStream(file).close(); // throws the reason
            }
            return new HdfFile(file);
        } catch (RuntimeException | OutOfMemoryError damaged) { // see damaged
            throw damaged(file, damaged);
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    /** The library reports bad bytes by exceptions of many kinds, and allocates what a damaged length says. */
    static ResultsFormatException damaged(Path file, Throwable cause) {
        return new ResultsFormatException(
                file, "cannot be read as HDF5 (" + cause.getMessage() + "); write or copy it again", cause);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long size() {
        return size;
    }

    /** All columns, in order. */
    List<String> columns() {
        return members.stream().map(Member::name).toList();
    }

    /** The names of all datasets and groups of the file. */
    Set<String> nodes() {
        return hdf.getChildren().keySet();
    }

    /** Whether the file, or a dataset or group of it, has attributes. */
    boolean hasAttributes() {
        try {
            return !hdf.getAttributes().isEmpty()
                    || hdf.getChildren().values().stream()
                            .anyMatch(node -> !node.getAttributes().isEmpty());
        } catch (RuntimeException damaged) { // see damaged
            throw damaged(file, damaged);
        }
    }

    /** The texts of a dataset of one dimension; none if it does not exist. */
    List<String> texts(String dataset) {
        try {
            return nodes().contains(dataset) && hdf.getChild(dataset) instanceof DatasetBase texts
                    ? List.of((String[]) texts.getData())
                    : List.of();
        } catch (RuntimeException damaged) { // see damaged
            throw damaged(file, damaged);
        }
    }

    /** The position of the object header of the rows in the file. */
    long address() {
        return hdf.getUserBlockSize() + rows.getAddress();
    }

    /** The bytes of the rows, from the first on. */
    RowBytes rowBytes() {
        return new RowBytes();
    }

    @Override
    public List<String> fields() {
        return members.stream()
                .filter(member -> member.count() == 1 && member.shape().isEmpty())
                .map(Member::name)
                .toList();
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        Map<String, ArrayShape> arrays = new LinkedHashMap<>();
        members.forEach(member -> member.shape().ifPresent(shape -> arrays.put(member.name(), shape)));
        return arrays;
    }

    @Override
    public Set<String> integers() {
        return members.stream()
                .filter(member -> member.element() instanceof FixedPoint)
                .map(Member::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        return new Cursor(arrays);
    }

    @Override
    public void close() {
        hdf.close();
    }

    /** Reads the bytes of the rows in order, by slices. */
    final class RowBytes {
        private final int rowBytes = rows.getDataType().getSize();
        private final int sliceRows = Math.max(1, SLICE_BYTES / Math.max(1, rowBytes));
        private ByteBuffer slice = ByteBuffer.allocate(0);
        private int next;

        /** The next row, in the byte order of the file; the caller knows how many there are. */
        ByteBuffer next() {
            int place = next % sliceRows;
            try {
                if (place == 0) {
                    slice = rows.getSliceDataBuffer(new long[] {next}, new int[] {Math.min(sliceRows, size - next)});
                }
                next++;
                return slice.slice(place * rowBytes, rowBytes);
            } catch (RuntimeException damaged) { // see damaged
                throw damaged(file, damaged);
            }
        }
    }

    private final class Cursor implements RowCursor {
        private final List<Member> fields;
        private final List<Member> wanted;
        private final RowBytes bytes = rowBytes();
        private int next;

        Cursor(List<String> arrays) {
            fields = fields().stream().map(this::member).toList();
            wanted = arrays.stream().map(this::member).toList();
        }

        private Member member(String name) {
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public ResultRow next() {
            try {
                ByteBuffer row = bytes.next();
                Map<String, String> texts = new HashMap<>();
                fields.forEach(field -> texts.put(field.name(), field.text(row)));
                List<Stamp> arrays =
                        wanted.stream().map(member -> stamp(member, row)).toList();
                return new ResultRow("row " + next++, texts, arrays);
            } catch (ResultsFormatException refused) {
                throw refused;
            } catch (RuntimeException damaged) { // see damaged
                throw damaged(file, damaged);
            }
        }

        private static Stamp stamp(Member member, ByteBuffer row) {
            ArrayShape shape = member.shape().orElseThrow();
            Object elements = member.elements(row);
            double[] pixels = new double[shape.size()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = pixel(Array.get(elements, i));
            }
            return Stamp.of(shape.exposures(), shape.height(), shape.width(), FloatRange.pixels(pixels));
        }

        /** Truth values are an enumeration of the texts TRUE and FALSE. */
        private static double pixel(Object element) {
            if (element instanceof Number number) {
                return number.doubleValue();
            }
            String text = element.toString();
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return text.equalsIgnoreCase("true") ? 1 : 0;
            }
            throw new IllegalArgumentException("a cell holds '" + text + "' instead of a number");
        }

        @Override
        public void close() {}
    }
}
