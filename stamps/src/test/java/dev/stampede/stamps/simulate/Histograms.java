package dev.stampede.stamps.simulate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A picture of histograms, two in each panel, of equal area: a filled one of simulated and a line of real candidates. */
final class Histograms {
    private static final int PANEL_WIDTH = 300;
    private static final int PANEL_HEIGHT = 200;
    private static final int TOP = 34;
    private static final int BINS = 12;
    private static final Color SIMULATED = new Color(0x9EC5E8);
    private static final Color REAL = new Color(0xC0392B);
    private static final Color TEXT = new Color(0x222222);

    private final BufferedImage image;
    private final Graphics2D graphics;

    Histograms(int columns, int rows, String simulated, String real) {
        image = new BufferedImage(columns * PANEL_WIDTH, rows * PANEL_HEIGHT + TOP, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.setColor(SIMULATED);
        graphics.fillRect(12, 12, 14, 14);
        graphics.setColor(REAL);
        graphics.setStroke(new BasicStroke(2));
        graphics.drawLine(192, 19, 206, 19);
        graphics.setColor(TEXT);
        graphics.drawString(simulated, 32, 24);
        graphics.drawString(real, 212, 24);
    }

    /** Draws a panel; values beyond the limits count in the outermost bins. */
    void panel(int column, int row, String title, double low, double high, double[] simulated, double[] real) {
        int left = column * PANEL_WIDTH + 12;
        int bottom = TOP + (row + 1) * PANEL_HEIGHT - 26;
        int width = PANEL_WIDTH - 24;
        int height = PANEL_HEIGHT - 60;
        double[] ofSimulated = shares(simulated, low, high);
        double[] ofReal = shares(real, low, high);
        double top = 0;
        for (int i = 0; i < BINS; i++) {
            top = Math.max(top, Math.max(ofSimulated[i], ofReal[i]));
        }
        Path2D line = new Path2D.Double();
        line.moveTo(left, bottom);
        for (int i = 0; i < BINS; i++) {
            int from = left + i * width / BINS;
            int to = left + (i + 1) * width / BINS;
            int bar = (int) Math.round(height * ofSimulated[i] / top);
            graphics.setColor(SIMULATED);
            graphics.fillRect(from, bottom - bar, to - from, bar);
            line.lineTo(from, bottom - height * ofReal[i] / top);
            line.lineTo(to, bottom - height * ofReal[i] / top);
        }
        line.lineTo(left + width, bottom);
        graphics.setColor(REAL);
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(line);
        graphics.setColor(TEXT);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawLine(left, bottom, left + width, bottom);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
        graphics.drawString(title, left, bottom - height - 8);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        String end = text(high);
        graphics.drawString(text(low), left, bottom + 16);
        graphics.drawString(text((low + high) / 2), left + width / 2 - 8, bottom + 16);
        graphics.drawString(end, left + width - graphics.getFontMetrics().stringWidth(end), bottom + 16);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static double[] shares(double[] values, double low, double high) {
        double[] shares = new double[BINS];
        for (double value : values) {
            int bin = (int) (BINS * (value - low) / (high - low));
            shares[Math.max(0, Math.min(BINS - 1, bin))] += 1.0 / values.length;
        }
        return shares;
    }

    void write(Path file) {
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
