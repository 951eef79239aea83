package dev.stampede.stamps.explain;

import dev.stampede.stamps.picture.PngFile;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.Stamp;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Explanations as a picture: for each the stamp, its map, and the map over the stamp, with axes in pixels, colour bars
 * and the verdict. Of several planes the first is shown. Not thread-safe.
 */
public final class ExplanationSheet {
    private static final int ZOOM = 9;
    private static final int GAP = 14;
    private static final int TITLE = 26;
    /** Up to this many are drawn in one column, more in two. */
    private static final int ONE_COLUMN = 3;

    /** The minimum scale of the colours, so that weak maps stay pale. */
    private static final double MIN_SCALE = 0.05;

    private static final double LOW_PERCENTILE = 0.01;
    private static final double HIGH_PERCENTILE = 0.997;

    private record Entry(Stamp stamp, Explanation explanation, String name) {}

    private final int size;
    private final String mapCaption;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * An empty sheet.
     *
     * @param size rows and columns of the scored stamps
     * @param definition what the maps show
     */
    public ExplanationSheet(int size, OcclusionSettings.Definition definition) {
        this.size = size;
        mapCaption = definition == OcclusionSettings.Definition.NOTEBOOK
                ? "1 - P(real) with the patch here"
                : "drop of the verdict's probability";
    }

    /** Adds a stamp, whose centre is shown, with its explanation and a name such as {@code stamp 3}. */
    public void add(Stamp stamp, Explanation explanation, String name) {
        boolean fits = stamp.height() >= size && stamp.width() >= size;
        entries.add(new Entry(fits ? stamp.plane(0).centreCrop(size) : stamp.plane(0), explanation, name));
    }

    /** The number of explanations that were added. */
    public int size() {
        return entries.size();
    }

    /** Writes the sheet as PNG and replaces an existing file; the folder must exist. */
    public void write(Path file) throws IOException {
        PngFile.write(picture(), file);
    }

    /** The sheet as a picture. */
    public BufferedImage picture() {
        int panelWidth = Panel.LEFT + size * ZOOM + Panel.BAR;
        int blockWidth = GAP + 3 * panelWidth;
        int blockHeight = TITLE + Panel.TOP + size * ZOOM + Panel.BOTTOM;
        int columns = entries.size() <= ONE_COLUMN ? 1 : 2;
        int rows = Math.max(1, (entries.size() + columns - 1) / columns);
        BufferedImage image =
                new BufferedImage(columns * blockWidth + GAP, rows * blockHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, image.getWidth(), image.getHeight());
            for (int i = 0; i < entries.size(); i++) {
                draw(pen, entries.get(i), i % columns * blockWidth + GAP, i / columns * blockHeight, panelWidth);
            }
        } finally {
            pen.dispose();
        }
        return image;
    }

    private void draw(Graphics2D pen, Entry entry, int left, int top, int panelWidth) {
        Stamp stamp = entry.stamp();
        boolean square = stamp.height() == size && stamp.width() == size;
        Panel panel = new Panel(pen, size, ZOOM);
        panel.title(title(entry), left + Panel.LEFT, top + TITLE - 4);
        if (!square) {
            return; // smaller than the model's input: there is nothing on its grid to show
        }
        float[] pixels = new float[size * size];
        stamp.copyTo(pixels, 0);
        OrderedPixels ordered = new OrderedPixels(pixels.length);
        boolean blank = ordered.load(pixels, 0, MaskRule.NOT_FINITE_OR_ZERO) == 0;
        double low = blank ? 0 : ordered.percentile(LOW_PERCENTILE);
        double high = blank ? 0 : ordered.percentile(HIGH_PERCENTILE);
        int x = left + Panel.LEFT;
        int y = top + TITLE + Panel.TOP;
        panel.draw(x, y, "stamp", pixel -> grey(pixels[pixel], low, high));
        panel.bar(x, y, low, high, ExplanationColours::grey);
        entry.explanation().map().ifPresent(map -> {
            int mapLeft = x + panelWidth;
            double scale = scaleOf(map);
            panel.draw(mapLeft, y, mapCaption, pixel -> ExplanationColours.diverging(at(map, pixel) / scale));
            panel.bar(mapLeft, y, -scale, scale, share -> ExplanationColours.diverging(2 * share - 1));
            int overLeft = mapLeft + panelWidth;
            panel.draw(
                    overLeft,
                    y,
                    "map over stamp, and the aperture",
                    pixel -> MaskRule.NOT_FINITE_OR_ZERO.masks(pixels[pixel])
                            ? ExplanationColours.MASKED
                            : ExplanationColours.overlay(brightness(pixels[pixel], low, high), at(map, pixel) / scale));
            Aperture aperture = map.aperture();
            panel.circle(overLeft, y, aperture.row(), aperture.column(), aperture.radiusPixels());
        });
    }

    private static String title(Entry entry) {
        String verdict = entry.name() + ": " + entry.explanation().prediction().verdict();
        String reason = entry.explanation()
                .prediction()
                .abstention()
                .map(Abstention::name)
                .map(name -> ", " + name)
                .orElse("");
        String figures = entry.explanation()
                .map()
                .map(map -> String.format(
                        Locale.ROOT,
                        ", P(real) = %.4f, %s of the attribution in the aperture",
                        ((Scored) entry.explanation().prediction()).probability(),
                        Float.isNaN(map.apertureShare())
                                ? "none"
                                : String.format(Locale.ROOT, "%.0f %%", 100 * map.apertureShare())))
                .orElse("");
        return verdict + reason + figures;
    }

    private float at(OcclusionResult map, int pixel) {
        return map.pixels().at(pixel / size, pixel % size);
    }

    private double scaleOf(OcclusionResult map) {
        double scale = MIN_SCALE;
        for (int pixel = 0; pixel < size * size; pixel++) {
            scale = Math.max(scale, Math.abs(at(map, pixel)));
        }
        return scale;
    }

    private static int grey(float pixel, double low, double high) {
        return MaskRule.NOT_FINITE_OR_ZERO.masks(pixel)
                ? ExplanationColours.MASKED
                : ExplanationColours.grey(brightness(pixel, low, high));
    }

    private static double brightness(float pixel, double low, double high) {
        return high > low ? (pixel - low) / (high - low) : 0.5;
    }
}
