package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A range of time, by the timestamps of records. */
final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From this moment on, such as 2026-11-24T22:00:00Z, or a day, 2026-11-24, which is its"
                    + " midnight, UTC. From the first record that is kept if not given.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Up to this moment, itself left out. All that is committed now if not given.")
    private @Nullable String to;

    Optional<Instant> from() {
        return parse("--from", from);
    }

    Optional<Instant> to() {
        Optional<Instant> end = parse("--to", to);
        if (from().isPresent() && end.isPresent() && !from().get().isBefore(end.get())) {
            throw CommandFailure.usage("--from is " + from + ", not before --to, " + to + ".");
        }
        return end;
    }

    boolean isGiven() {
        return from != null || to != null;
    }

    static Optional<Instant> parse(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant moment = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Optional.of(Instant.ofEpochMilli(moment.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException wrong) { // the latter for years beyond what Kafka can tell
            throw CommandFailure.usage(
                    option + " is '" + text + "', no time such as 2026-11-24T22:00:00Z and no day such as 2026-11-24.");
        }
    }
}
