package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.simulate.Simulator;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** A picture of the first candidates of a simulator, real ones in a green frame, the others in a red one. */
public final class SimulatedSheet {
    private static final int COLUMNS = 10;
    private static final int ZOOM = 4;
    static final Color REAL = new Color(0x2E8B57);
    static final Color BOGUS = new Color(0xC0392B);

    private SimulatedSheet() {}

    /** A sheet of the candidates 0 to {@code count} - 1, each with its kind and S/N below. */
    public static ContactSheet of(Simulator simulator, int count, String title) {
        return of(LongStream.range(0, count).mapToObj(simulator::candidate).toList(), title);
    }

    /** A sheet of those candidates. */
    public static ContactSheet of(List<SimulatedCandidate> candidates, String title) {
        ContactSheet sheet = new ContactSheet(title, COLUMNS, ZOOM, ColourMap.GREY);
        for (SimulatedCandidate candidate : candidates) {
            Truth truth = candidate.truth();
            sheet.add(candidate.stamp(), caption(truth), truth.isReal() ? REAL : BOGUS);
        }
        return sheet;
    }

    private static String caption(Truth truth) {
        String kind = truth.kind().label();
        return Double.isNaN(truth.signalToNoise())
                ? kind
                : String.format(Locale.ROOT, "%s %.0f", kind, truth.signalToNoise());
    }
}
