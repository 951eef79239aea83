package dev.stampede.systemtests.harness;

import dev.stampede.commandline.CommandException;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** In which output formats a measurement runs. */
public final class OutputFormatOptions {
    private static final String ALL = "all";

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description =
                    "output.format of the stream: ocf, confluent (with a registry in memory), json or single-object;"
                            + " all runs with each in turn.")
    private String format = RecordFormat.OCF.word();

    /** The only format to run with. */
    public RecordFormat format() {
        List<RecordFormat> chosen = formats();
        if (chosen.size() > 1) {
            throw CommandException.usage("--output-format " + ALL + " is not for this measurement: name one format");
        }
        return chosen.get(0);
    }

    /** The formats to run with, in order. */
    public List<RecordFormat> formats() {
        List<RecordFormat> chosen = Arrays.stream(RecordFormat.values())
                .filter(each -> format.equals(ALL) || format.equals(each.word()))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandException.usage("--output-format must be one of "
                    + Arrays.stream(RecordFormat.values())
                            .map(RecordFormat::word)
                            .collect(Collectors.joining(", "))
                    + ", " + ALL + ", not " + format);
        }
        return chosen;
    }
}
