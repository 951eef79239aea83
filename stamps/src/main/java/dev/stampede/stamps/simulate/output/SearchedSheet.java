package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.SearchedCandidate;
import dev.stampede.stamps.simulate.stack.TruthClass;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A picture of candidates of a simulated search: real ones in a green frame, partial ones in a yellow and false ones in a red one. */
public final class SearchedSheet {
    private static final int COLUMNS = 10;
    private static final int ZOOM = 4;
    private static final int PER_CLASS = 20;
    private static final int FIELDS = 4;

    private SearchedSheet() {}

    /** A sheet of up to twenty candidates of each class of the first fields, spread over their likelihoods, each with its likelihood below. */
    public static ContactSheet of(SearchSimulator simulator, String title) {
        List<SearchedCandidate> candidates = new ArrayList<>();
        for (int field = 0; field < FIELDS; field++) {
            candidates.addAll(simulator.candidates(field));
        }
        candidates.sort(
                Comparator.comparingDouble(candidate -> -candidate.detection().likelihood()));
        ContactSheet sheet = new ContactSheet(title, COLUMNS, ZOOM, ColourMap.GREY);
        for (TruthClass truth : TruthClass.values()) {
            List<SearchedCandidate> ofClass = candidates.stream()
                    .filter(candidate -> candidate.truth() == truth)
                    .toList();
            int shown = Math.min(PER_CLASS, ofClass.size());
            for (int i = 0; i < shown; i++) {
                SearchedCandidate candidate = ofClass.get(i * ofClass.size() / shown);
                sheet.add(candidate.stamp(), caption(candidate), colour(truth));
            }
        }
        return sheet;
    }

    private static Color colour(TruthClass truth) {
        return switch (truth) {
            case REAL -> SimulatedSheet.REAL;
            case PARTIAL -> new Color(0xE0A800);
            case FALSE -> SimulatedSheet.BOGUS;
        };
    }

    private static String caption(SearchedCandidate candidate) {
        return String.format(
                Locale.ROOT,
                "%s %.1f",
                candidate.truth().label(),
                candidate.detection().likelihood());
    }
}
