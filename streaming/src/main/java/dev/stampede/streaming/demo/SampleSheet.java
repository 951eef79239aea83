package dev.stampede.streaming.demo;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Draws the first alerts of a demo with their verdicts. Thread-safe. */
final class SampleSheet {
    /** Six rows. */
    private static final int SHOWN = 60;

    private static final int COLUMNS = 10;
    private static final int ZOOM = 4;

    private final Map<Long, Classification> classified = new ConcurrentHashMap<>();

    void add(long number, Classification classification) {
        if (number < SHOWN) {
            classified.put(number, classification);
        }
    }

    /** The stamps of the first alerts that were classified; {@code seed} repeats the draws of the feed from the pool. */
    ContactSheet sheet(AlertTemplatePool pool, List<Plane> planes, long seed) {
        ContactSheet sheet = new ContactSheet(
                "First alerts of the demo: green REAL, red BOGUS, grey ABSTAIN", COLUMNS, ZOOM, ColourMap.GREY);
        AlertDecoder decoder = new AlertDecoder(planes, Integer.MAX_VALUE);
        Random random = new Random(seed);
        for (long number = 0; number < SHOWN; number++) {
            AlertTemplate template = pool.draw(random);
            Classification classification = classified.get(number);
            if (classification != null
                    && decoder.decode(template.encoder().encode(DemoAlertId.id(number))) instanceof Alert alert) {
                alert.stamp()
                        .ifPresent(
                                stamp -> sheet.add(stamp, caption(classification), frame(classification.getVerdict())));
            }
        }
        return sheet;
    }

    private static Color frame(Verdict verdict) {
        return switch (verdict) {
            case REAL -> new Color(0x2E8B57);
            case BOGUS -> new Color(0xC0392B);
            case ABSTAIN -> Color.GRAY;
        };
    }

    private static String caption(Classification classification) {
        Float probability = classification.getProbability();
        String verdict = classification.getVerdict().name();
        return probability == null ? verdict : String.format(Locale.ROOT, "%s %.2f", verdict, probability);
    }
}
