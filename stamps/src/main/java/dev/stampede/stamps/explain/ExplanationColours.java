package dev.stampede.stamps.explain;

/** The colours of explanations, 0xRRGGBB. */
final class ExplanationColours {
    /** Masked pixels; no colour of a stamp or a map. */
    static final int MASKED = 0x8A7A4A;

    private static final int WHITE = 0xF7F7F7;
    /** Evidence for the verdict. */
    private static final int FOR = 0xB2182B;
    /** Evidence against it. */
    private static final int AGAINST = 0x2166AC;

    private ExplanationColours() {}

    /** Black at 0 to white at 1; values outside are clipped. */
    static int grey(double brightness) {
        int level = (int) Math.round(255 * Math.min(Math.max(brightness, 0), 1));
        return level << 16 | level << 8 | level;
    }

    /** Blue at -1 through white at 0 to red at 1; values outside are clipped. */
    static int diverging(double value) {
        return mix(WHITE, value < 0 ? AGAINST : FOR, Math.abs(value));
    }

    /** The grey of a pixel under the colour of the map, which is transparent at 0. */
    static int overlay(double brightness, double value) {
        return mix(grey(brightness), value < 0 ? AGAINST : FOR, 0.8 * Math.min(1, Math.abs(value)));
    }

    private static int mix(int from, int to, double share) {
        double part = Math.min(1, share);
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int low = from >> shift & 0xFF;
            int high = to >> shift & 0xFF;
            mixed |= (int) Math.round(low + part * (high - low)) << shift;
        }
        return mixed;
    }
}
