package dev.stampede.stamps.picture;

import dev.stampede.stamps.stamp.Stamp;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sheet of stamps as a PNG file. Each stamp is scaled by its own 1st and 99.7th percentile and enlarged
 * without smoothing; of several planes the first is shown. Masked pixels (NaN or exactly 0) have a separate
 * colour. Not thread-safe.
 */
public final class ContactSheet {
    private static final double LOW_PERCENTILE = 0.01;
    private static final double HIGH_PERCENTILE = 0.997;
    private static final int GAP = 6;
    private static final int FRAME = 2;
    private static final int CAPTION = 15;
    private static final int TITLE = 30;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x202020);

    private record Entry(Optional<Stamp> stamp, String caption, Color frame) {
        List<String> lines() {
            return caption.lines().toList();
        }
    }

    private final String title;
    private final int columns;
    private final int zoom;
    private final ColourMap colours;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * An empty sheet.
     *
     * @param title a line above the stamps; may be empty
     * @param columns stamps in a row, 1 or more
     * @param zoom the size of a stamp pixel in pixels of the picture, 1 to 64
     */
    public ContactSheet(String title, int columns, int zoom, ColourMap colours) {
        if (columns < 1 || zoom < 1 || zoom > 64) {
            throw new IllegalArgumentException(
                    "a sheet needs 1 or more columns and a zoom of 1 to 64, not " + columns + " and " + zoom);
        }
        this.title = title;
        this.columns = columns;
        this.zoom = zoom;
        this.colours = colours;
    }

    /** Adds a stamp without a frame. A caption may have several lines; lines wider than the stamp are cut. */
    public ContactSheet add(Stamp stamp, String caption) {
        return add(stamp, caption, PAPER);
    }

    /** Adds a stamp in a frame of that colour, such as one for each verdict; stamps may differ in size. */
    public ContactSheet add(Stamp stamp, String caption, Color frame) {
        entries.add(new Entry(Optional.of(stamp), caption, frame));
        return this;
    }

    /** Leaves a place empty, with only a caption, so that the next stamps keep their columns. */
    public ContactSheet skip(String caption) {
        entries.add(new Entry(Optional.empty(), caption, PAPER));
        return this;
    }

    /** Writes the sheet as PNG and replaces an existing file; the folder must exist. */
    public void write(Path file) throws IOException {
        PngFile.write(picture(), file);
    }

    /** The sheet as a picture; an empty one has only its title. */
    public BufferedImage picture() {
        int wide = 0;
        int high = 0;
        int lines = 1;
        for (Entry entry : entries) {
            wide = Math.max(wide, entry.stamp().map(Stamp::width).orElse(0));
            high = Math.max(high, entry.stamp().map(Stamp::height).orElse(0));
            lines = Math.max(lines, entry.lines().size());
        }
        int cellWidth = wide * zoom + 2 * FRAME + GAP;
        int cellHeight = high * zoom + 2 * FRAME + lines * CAPTION + GAP;
        int rows = (entries.size() + columns - 1) / columns;
        int top = title.isEmpty() ? GAP : TITLE;
        BufferedImage image =
                new BufferedImage(columns * cellWidth + GAP, top + rows * cellHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(PAPER);
            pen.fillRect(0, 0, image.getWidth(), image.getHeight());
            write(pen, title, Font.BOLD, 14, GAP, TITLE - 11);
            for (int i = 0; i < entries.size(); i++) {
                int left = GAP + i % columns * cellWidth;
                pen.setClip(left, 0, cellWidth - GAP, image.getHeight());
                draw(pen, image, entries.get(i), left, top + i / columns * cellHeight);
            }
        } finally {
            pen.dispose();
        }
        return image;
    }

    private void draw(Graphics2D pen, BufferedImage image, Entry entry, int left, int top) {
        entry.stamp().ifPresent(stamp -> draw(pen, image, stamp, entry.frame(), left, top));
        int height = entry.stamp().map(Stamp::height).orElse(0) * zoom;
        int baseline = top + height + 2 * FRAME - 4;
        for (String line : entry.lines()) {
            baseline += CAPTION;
            write(pen, line, Font.PLAIN, 10, left + FRAME, baseline);
        }
    }

    private void draw(Graphics2D pen, BufferedImage image, Stamp stamp, Color frame, int left, int top) {
        int width = stamp.width() * zoom;
        int height = stamp.height() * zoom;
        pen.setColor(frame);
        pen.fillRect(left, top, width + 2 * FRAME, height + 2 * FRAME);
        Brightness brightness = Brightness.of(stamp, LOW_PERCENTILE, HIGH_PERCENTILE);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float pixel = stamp.pixel(0, row / zoom, column / zoom);
                int rgb = Brightness.isMasked(pixel) ? ColourMap.MASKED : colours.rgb(brightness.at(pixel));
                image.setRGB(left + FRAME + column, top + FRAME + row, rgb);
            }
        }
    }

    private static void write(Graphics2D pen, String text, int style, int size, int left, int baseline) {
        pen.setColor(INK);
        pen.setFont(new Font(Font.SANS_SERIF, style, size));
        pen.drawString(text, left, baseline);
    }
}
