package dev.stampede.training.fetch;

import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.StampFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Fetches a published set into a folder that training reads, and records beside the files what came: {@value #RECORD}
 * with name, size, SHA-256 and address of each.
 */
public final class Fetch {
    /** The table of what was fetched. */
    public static final String RECORD = "fetched.csv";

    /** Is told how far a file is. */
    @FunctionalInterface
    public interface Listener {
        /** So many bytes of a file are here; {@code total} is 0 while it is not known. */
        void at(String name, long done, long total);
    }

    /**
     * A file that is here.
     *
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     * @param stamps how many it holds
     */
    public record Fetched(PublishedSet.Item item, long bytes, String sha256, long stamps) {}

    private Fetch() {}

    /**
     * Fetches what is not there yet; a file that is whole is kept, one that is not is gone on with.
     *
     * @throws FetchException if a file cannot be fetched, or holds no stamps
     * @throws IOException if the folder cannot be written
     */
    public static List<Fetched> into(Path folder, List<PublishedSet.Item> items, Listener listener) throws IOException {
        Files.createDirectories(folder);
        List<Fetched> fetched = new ArrayList<>();
        Download download = new Download();
        for (PublishedSet.Item item : items) {
            Path file = folder.resolve(item.name());
            if (Files.notExists(file)) {
                download.to(file, item.address(), (done, total) -> listener.at(item.name(), done, total.orElse(0)));
            }
            fetched.add(new Fetched(item, Files.size(file), sha256(file), stamps(file)));
        }
        Files.writeString(folder.resolve(RECORD), table(fetched));
        return fetched;
    }

    private static long stamps(Path file) throws IOException {
        try (StampFile stamps = StampFile.open(file)) {
            return stamps.size();
        } catch (NpyFormatException wrong) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".refused"));
            throw new FetchException(
                    "what was fetched is no file of stamps and is kept as " + file.getFileName() + ".refused: "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String table(List<Fetched> fetched) {
        StringBuilder table = new StringBuilder("file,bytes,sha256,stamps,address\n");
        for (Fetched one : fetched) {
            table.append(one.item().name())
                    .append(',')
                    .append(one.bytes())
                    .append(',')
                    .append(one.sha256());
            table.append(',')
                    .append(one.stamps())
                    .append(',')
                    .append(one.item().address())
                    .append('\n');
        }
        return table.toString();
    }
}
