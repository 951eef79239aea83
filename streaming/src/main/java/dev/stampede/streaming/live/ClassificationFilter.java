package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import java.net.URLDecoder;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Selects classifications for a page.
 *
 * @param verdicts the accepted ones
 * @param low minimum probability, 0 to 1
 * @param high maximum probability, {@code low} to 1; abstentions, which have none, match only the whole range
 * @param survey only this survey, if given
 * @param max maximum number, 1 to {@link #MAX}
 */
record ClassificationFilter(Set<Verdict> verdicts, float low, float high, Optional<String> survey, int max)
        implements Predicate<LiveRecord> {
    static final int MAX = 200;
    private static final int DEFAULT_MAX = 60;

    ClassificationFilter {
        verdicts = Set.copyOf(verdicts);
        if (!(low >= 0 && high <= 1 && low <= high)) { // also rejects NaN
            throw new IllegalArgumentException("low and high must be 0 to 1, and low must not exceed high");
        }
        if (max < 1 || max > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX);
        }
    }

    /**
     * Parses the query of a URL, such as {@code verdict=REAL,BOGUS&low=0.5&high=1&survey=DEEP&limit=20}; absent or empty
     * parameters filter nothing.
     *
     * @throws IllegalArgumentException if a value is invalid; the message says which
     */
    static ClassificationFilter parse(@Nullable String query) {
        Map<String, String> given = parameters(query);
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (String name : given.getOrDefault("verdict", "REAL,BOGUS,ABSTAIN").split(",", -1)) {
            try {
                verdicts.add(Verdict.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException("verdict must be among REAL, BOGUS, ABSTAIN", unknown);
            }
        }
        try {
            return new ClassificationFilter(
                    verdicts,
                    Float.parseFloat(given.getOrDefault("low", "0")),
                    Float.parseFloat(given.getOrDefault("high", "1")),
                    Optional.ofNullable(given.get("survey")),
                    Integer.parseInt(given.getOrDefault("limit", String.valueOf(DEFAULT_MAX))));
        } catch (NumberFormatException broken) {
            throw new IllegalArgumentException("low, high and limit must be numbers", broken);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    @Override
    public boolean test(LiveRecord record) {
        Prediction prediction = record.classified().prediction();
        boolean inRange = prediction instanceof Prediction.Scored scored
                ? scored.probability() >= low && scored.probability() <= high
                : low == 0 && high == 1;
        return inRange
                && verdicts.contains(prediction.verdict())
                && survey.map(record.classified().alert().survey()::equals).orElse(true);
    }
}
