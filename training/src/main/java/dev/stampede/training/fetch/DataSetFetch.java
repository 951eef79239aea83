package dev.stampede.training.fetch;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.file.DownloadException;
import dev.stampede.stamps.file.HttpDownload;
import dev.stampede.stamps.file.Sha256;
import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Downloads a published data set into a folder that training reads, and lists the files in {@value #RECORD} with name,
 * size, SHA-256, number of stamps and address.
 */
public final class DataSetFetch {
    /** The table of the downloaded files. */
    public static final String RECORD = "fetched.csv";

    private static final List<String> COLUMNS = List.of("file", "bytes", "sha256", "stamps", "address");
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Receives the progress of a download. */
    @FunctionalInterface
    public interface Listener {
        /** {@code done} bytes of a file are present; {@code total} is 0 if it is unknown. */
        void at(String name, long done, long total);
    }

    /**
     * A downloaded file.
     *
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     * @param stamps the number of stamps in it
     */
    public record Fetched(PublishedSet.Item item, long bytes, String sha256, long stamps) {}

    private DataSetFetch() {}

    /**
     * Downloads the files that are missing; complete files are kept and incomplete ones are continued.
     *
     * @throws FetchException if a file cannot be downloaded or holds no stamps
     * @throws IOException if the folder cannot be written
     */
    public static List<Fetched> into(Path folder, List<PublishedSet.Item> items, Listener listener) throws IOException {
        Files.createDirectories(folder);
        List<Fetched> fetched = new ArrayList<>();
        HttpDownload download = HttpDownload.withTimeout(RESPONSE_TIMEOUT);
        for (PublishedSet.Item item : items) {
            Path file = folder.resolve(item.name());
            if (Files.notExists(file)) {
                download(download, item, file, listener);
            }
            fetched.add(new Fetched(item, Files.size(file), Sha256.of(file), stamps(file)));
        }
        AtomicFile.create(folder.resolve(RECORD), temporary -> {
            try (CsvWriter table = CsvWriter.create(temporary, COLUMNS)) {
                for (Fetched one : fetched) {
                    table.row(
                            one.item().name(),
                            one.bytes(),
                            one.sha256(),
                            one.stamps(),
                            one.item().address());
                }
            }
            return temporary;
        });
        return fetched;
    }

    private static void download(HttpDownload download, PublishedSet.Item item, Path file, Listener listener) {
        try {
            download.toFile(
                    item.address().toString(),
                    file,
                    Long.MAX_VALUE,
                    (done, total) -> listener.at(item.name(), done, total.orElse(0)));
        } catch (DownloadException failure) {
            throw new FetchException(
                    failure.getMessage() + " " + remedy(failure.reason()) + " The file was to be " + item.name() + ".",
                    failure);
        }
    }

    private static String remedy(DownloadException.Reason reason) {
        return reason == DownloadException.Reason.WEB_PAGE
                ? "The server does so after too many downloads; try again tomorrow, or download it with a browser."
                : "Run the command again to continue where it stopped.";
    }

    private static long stamps(Path file) throws IOException {
        try (StampFile stamps = StampFile.open(file)) {
            return stamps.size();
        } catch (NpyFormatException wrong) {
            Path rejected = file.resolveSibling(file.getFileName() + ".rejected");
            Files.move(file, rejected);
            throw new FetchException(
                    "The downloaded file is not a file of stamps and was renamed to " + rejected.getFileName() + ": "
                            + wrong.getMessage(),
                    wrong);
        }
    }
}
