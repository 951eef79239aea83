package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.training.fetch.DataSetFetch;
import dev.stampede.training.fetch.PublishedSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede fetch-data}: downloads the published stamps, under their true names. */
@Command(
        name = "fetch-data",
        description = {
            "Downloads the stamps of chapter 9 of the astroML notebooks, about 200 MB.",
            "Run it again after an interruption to continue where it stopped."
        },
        mixinStandardHelpOptions = true)
@Example("fetch-data --out astroml")
final class FetchDataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write; created with its parents if absent.")
    private Path out;

    @Option(
            names = "--from",
            defaultValue = "",
            paramLabel = "ADDRESS",
            description = "Mirror: the address of a folder with the files.")
    private String mirror;

    @Override
    public Integer call() {
        List<PublishedSet.Item> items = items();
        try (Bars bars = new Bars()) {
            for (DataSetFetch.Fetched one : DataSetFetch.into(out, items, bars::show)) {
                PrintWriter lines = spec.commandLine().getOut();
                lines.printf(
                        Locale.ROOT,
                        "%s %d bytes, %d stamps, SHA-256 %s%n",
                        one.item().name(),
                        one.bytes(),
                        one.stamps(),
                        one.sha256());
                lines.flush();
            }
            return 0;
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write to " + out + ": " + FailureReason.of(failure) + ".");
        }
    }

    private List<PublishedSet.Item> items() {
        if (mirror.isEmpty()) {
            return PublishedSet.items();
        }
        try {
            URI folder = new URI(mirror.endsWith("/") ? mirror : mirror + "/");
            if (folder.getHost() == null) {
                throw CommandException.usage(
                        "--from is '" + mirror + "', not an address such as https://host/folder/.");
            }
            return PublishedSet.items().stream()
                    .map(item -> new PublishedSet.Item(item.name(), folder.resolve(item.name())))
                    .toList();
        } catch (URISyntaxException wrong) {
            throw CommandException.usage(
                    "--from is '" + mirror + "', which is not an address: " + wrong.getMessage() + ".");
        }
    }

    /** One progress line for each file. */
    private static final class Bars implements AutoCloseable {
        private String name = "";
        private ProgressBar progress = ProgressBar.of("", 0);
        private boolean begun;
        private long shown;

        void show(String file, long done, long total) {
            if (!file.equals(name)) {
                close();
                name = file;
                progress = ProgressBar.of(file, total);
                begun = true;
                shown = 0;
            }
            progress.advance(done - shown, String.format(Locale.ROOT, "%.1f MB", done / 1e6));
            shown = done;
        }

        @Override
        public void close() {
            if (begun) {
                progress.close();
            }
        }
    }
}
