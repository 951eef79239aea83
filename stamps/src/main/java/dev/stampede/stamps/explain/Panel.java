package dev.stampede.stamps.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * Draws square images of {@code size} pixels a side, enlarged without smoothing, with axes in pixels: row 0 on top.
 */
record Panel(Graphics2D pen, int size, int zoom) {
    static final int LEFT = 34;
    static final int TOP = 20;
    static final int BOTTOM = 34;
    static final int BAR = 62;
    private static final Color INK = new Color(0x202020);
    private static final Color APERTURE = new Color(0xF2C230);
    private static final int BAR_GAP = 8;
    private static final int BAR_WIDTH = 12;
    private static final int TICK = 4;
    private static final int TICK_STEP = 5;
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    /** Width of the image itself, in pixels of the picture. */
    int span() {
        return size * zoom;
    }

    /** Draws the image whose first pixel is at ({@code left}, {@code top}), given the colour of each stamp pixel. */
    void draw(int left, int top, String caption, IntUnaryOperator colour) {
        for (int pixel = 0; pixel < size * size; pixel++) {
            pen.setColor(new Color(colour.applyAsInt(pixel)));
            pen.fillRect(left + pixel % size * zoom, top + pixel / size * zoom, zoom, zoom);
        }
        pen.setColor(INK);
        pen.setStroke(new BasicStroke(1));
        pen.drawRect(left - 1, top - 1, span() + 1, span() + 1);
        pen.setFont(SMALL);
        centred(caption, left + span() / 2, top - 6);
        for (int tick = 0; tick < size; tick += TICK_STEP) {
            int middle = tick * zoom + zoom / 2;
            pen.drawLine(left + middle, top + span(), left + middle, top + span() + TICK);
            centred(String.valueOf(tick), left + middle, top + span() + 15);
            pen.drawLine(left - TICK - 1, top + middle, left - 1, top + middle);
            rightAligned(String.valueOf(tick), left - TICK - 4, top + middle + 4);
        }
        centred("column", left + span() / 2, top + span() + 28);
        pen.rotate(-Math.PI / 2);
        centred("row", -(top + span() / 2), left - 24);
        pen.rotate(Math.PI / 2);
    }

    /** Marks the circle of {@code aperture} on the image at ({@code left}, {@code top}). */
    void circle(int left, int top, double row, double column, double radius) {
        pen.setClip(left, top, span(), span());
        pen.setColor(APERTURE);
        pen.setStroke(new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0));
        int diameter = (int) Math.round(2 * radius * zoom);
        pen.drawOval(
                (int) Math.round(left + (column + 0.5 - radius) * zoom),
                (int) Math.round(top + (row + 0.5 - radius) * zoom),
                diameter,
                diameter);
        pen.setClip(null);
        pen.setStroke(new BasicStroke(1));
    }

    /** Draws a colour bar to the right of the image at ({@code left}, {@code top}): its colours over 0 to 1, labelled low to high. */
    void bar(int left, int top, double low, double high, DoubleUnaryOperator colour) {
        int x = left + span() + BAR_GAP;
        for (int y = 0; y < span(); y++) {
            pen.setColor(new Color((int) colour.applyAsDouble(1 - (y + 0.5) / span())));
            pen.fillRect(x, top + y, BAR_WIDTH, 1);
        }
        pen.setColor(INK);
        pen.drawRect(x - 1, top - 1, BAR_WIDTH + 1, span() + 1);
        pen.setFont(SMALL);
        for (int i = 0; i <= 4; i++) {
            int y = top + Math.round(i * (span() - 1) / 4f);
            pen.drawLine(x + BAR_WIDTH, y, x + BAR_WIDTH + TICK, y);
            pen.drawString(label(high + i / 4.0 * (low - high), high - low), x + BAR_WIDTH + TICK + 2, y + 4);
        }
    }

    /** Short, with enough decimals to distinguish the labels of one bar. */
    private static String label(double value, double range) {
        int decimals = range >= 40 ? 0 : range >= 4 ? 1 : range >= 0.4 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value == 0 ? 0.0 : value);
    }

    void title(String text, int left, int baseline) {
        pen.setColor(INK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        pen.drawString(text, left, baseline);
    }

    private void centred(String text, int middle, int baseline) {
        pen.drawString(text, middle - pen.getFontMetrics().stringWidth(text) / 2, baseline);
    }

    private void rightAligned(String text, int right, int baseline) {
        pen.drawString(text, right - pen.getFontMetrics().stringWidth(text), baseline);
    }
}
