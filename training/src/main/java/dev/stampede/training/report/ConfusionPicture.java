package dev.stampede.training.report;

import dev.stampede.training.evaluate.Confusion;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The confusion matrix twice: counts, and shares of each true class. */
final class ConfusionPicture {
    private static final int CELL = 130;
    private static final int LEFT = 100;
    private static final int TOP = 80;
    private static final int PANEL = LEFT + 2 * CELL;
    private static final int WIDTH = 2 * PANEL + 40;
    private static final int HEIGHT = TOP + 2 * CELL + 30;
    private static final Color INK = new Color(0x303030);
    private static final Color PALE = new Color(0xF2F6FA);
    private static final Color DEEP = Canvas.REAL;

    private ConfusionPicture() {}

    static void write(Confusion confusion, Path file) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            // Rows: real, bogus. Columns: called real, called bogus.
            List<Integer> counts = List.of(
                    confusion.realKept(), confusion.realMissed(), confusion.bogusPassed(), confusion.bogusRefused());
            panel(pen, 0, "Counts", confusion, counts, false);
            panel(pen, PANEL + 20, "Shares of the true class", confusion, counts, true);
        } finally {
            pen.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void panel(
            Graphics2D pen, int left, String title, Confusion confusion, List<Integer> counts, boolean shares) {
        int middle = left + LEFT + CELL;
        text(pen, title, middle, 24, 16, Font.BOLD, INK);
        text(pen, "called real", middle - CELL / 2, TOP - 12, 13, Font.PLAIN, INK);
        text(pen, "called bogus", middle + CELL / 2, TOP - 12, 13, Font.PLAIN, INK);
        text(pen, "real", left + LEFT - 40, TOP + CELL / 2, 13, Font.PLAIN, INK);
        text(pen, "bogus", left + LEFT - 40, TOP + CELL + CELL / 2, 13, Font.PLAIN, INK);
        for (int cell = 0; cell < counts.size(); cell++) {
            int ofClass = cell < 2 ? confusion.real() : confusion.bogus();
            double share = (double) counts.get(cell) / ofClass;
            int x = left + LEFT + cell % 2 * CELL;
            int y = TOP + cell / 2 * CELL;
            pen.setColor(between(share));
            pen.fillRect(x + 2, y + 2, CELL - 4, CELL - 4);
            String said = shares
                    ? String.format(Locale.ROOT, "%.2f %%", 100 * share)
                    : String.format(Locale.ROOT, "%,d", counts.get(cell));
            text(pen, said, x + CELL / 2, y + CELL / 2 + 7, 19, Font.BOLD, share > 0.5 ? Color.WHITE : INK);
        }
    }

    private static Color between(double share) {
        return new Color(
                level(PALE.getRed(), DEEP.getRed(), share),
                level(PALE.getGreen(), DEEP.getGreen(), share),
                level(PALE.getBlue(), DEEP.getBlue(), share));
    }

    private static int level(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private static void text(Graphics2D pen, String text, int middle, int baseline, int size, int style, Color colour) {
        pen.setFont(new Font(Font.SANS_SERIF, style, size));
        FontMetrics metrics = pen.getFontMetrics();
        pen.setColor(colour);
        pen.drawString(text, middle - metrics.stringWidth(text) / 2, baseline);
    }
}
