package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.score.Judgement;
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
 * Which classifications someone wants to see.
 *
 * @param verdicts one of these
 * @param low the least probability, 0 to 1
 * @param high the greatest, {@code low} to 1; an abstention, which has none, is only in the whole range
 * @param survey this survey alone, where given
 * @param most how many at most, 1 to {@link #MOST}
 */
record LiveFilter(Set<Verdict> verdicts, float low, float high, Optional<String> survey, int most)
        implements Predicate<LiveRecord> {
    static final int MOST = 200;
    private static final int USUAL = 60;

    LiveFilter {
        verdicts = Set.copyOf(verdicts);
        if (!(low >= 0 && high <= 1 && low <= high)) { // also refuses NaN
            throw new IllegalArgumentException("low and high must be 0 to 1, low first");
        }
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST);
        }
    }

    /**
     * The filter of a URL's query, such as {@code verdict=REAL,BOGUS&low=0.5&high=1&survey=DEEP&limit=20}; what is
     * absent or empty filters nothing.
     *
     * @throws IllegalArgumentException if a value makes no sense; the message says which
     */
    static LiveFilter parse(@Nullable String query) {
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
            return new LiveFilter(
                    verdicts,
                    Float.parseFloat(given.getOrDefault("low", "0")),
                    Float.parseFloat(given.getOrDefault("high", "1")),
                    Optional.ofNullable(given.get("survey")),
                    Integer.parseInt(given.getOrDefault("limit", String.valueOf(USUAL))));
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
        Judgement judgement = record.judged().judgement();
        boolean inRange = judgement instanceof Judgement.Scored scored
                ? scored.probability() >= low && scored.probability() <= high
                : low == 0 && high == 1;
        return inRange
                && verdicts.contains(judgement.verdict())
                && survey.map(record.judged().alert().survey()::equals).orElse(true);
    }
}
