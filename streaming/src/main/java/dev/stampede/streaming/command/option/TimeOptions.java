package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.streaming.kafka.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A range of record timestamps. */
@OptionHeading("Time range")
public final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Start, such as 2026-11-24T22:00:00Z, or a day, 2026-11-24, for its midnight UTC (default: the"
                            + " first available record).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End, exclusive (default: the current end).")
    private @Nullable String to;

    /**
     * The range from {@code --from} to {@code --to}.
     *
     * @throws CommandException if a time is not valid, or the range is empty
     */
    public TimeRange range() {
        TimeRange range = new TimeRange(parse("--from", from, Instant.MIN), parse("--to", to, Instant.MAX));
        if (!range.from().isBefore(range.to())) {
            throw CommandException.usage("--from " + from + " is not before --to " + to + ".");
        }
        return range;
    }

    public boolean isGiven() {
        return from != null || to != null;
    }

    /**
     * Parses the value of an option.
     *
     * @param absent the result if there is no {@code text}
     */
    public static Instant parse(String option, @Nullable String text, Instant absent) {
        if (text == null) {
            return absent;
        }
        try {
            Instant moment = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Instant.ofEpochMilli(moment.toEpochMilli());
        } catch (DateTimeException | ArithmeticException wrong) { // the latter for years out of range
            throw CommandException.usage(option + " is '" + text
                    + "', not a time such as 2026-11-24T22:00:00Z or a day such as 2026-11-24.");
        }
    }
}
