package dev.stampede.benchmarks.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** One picture of a soak: a panel for each figure over time, with the faults marked. */
final class SoakPicture {
    private static final int WIDTH = 1500;
    private static final int PANEL_HEIGHT = 290;
    private static final int HEAD = 70;
    private static final int FOOT = 50;
    private static final int COLUMNS = 2;
    private static final Color INK = new Color(0x222222);

    private SoakPicture() {}

    private static List<TimePanel> panels(SoakResult result) {
        return List.of(
                new TimePanel("Heap after a collection, MiB")
                        .line("heap", TimePanel.BLUE, result, SoakSample::heapMebibytes),
                new TimePanel("Resident memory, MiB")
                        .line("resident", TimePanel.BLUE, result, SoakSample::residentMebibytes),
                new TimePanel("Threads, and open files and sockets")
                        .line("threads", TimePanel.BLUE, result, SoakSample::threads)
                        .line("open files", TimePanel.ORANGE, result, SoakSample::openFiles),
                new TimePanel("Alerts under way")
                        .line("under way", TimePanel.BLUE, result, sample -> (double) sample.underWay()),
                new TimePanel("Outcomes a second").line("outcomes", TimePanel.BLUE, result, SoakSample::perSecond),
                new TimePanel("From sending to outcome, ms (logarithmic)")
                        .logarithmic()
                        .line("median", TimePanel.BLUE, result, SoakSample::medianMillis)
                        .line("99th percentile", TimePanel.ORANGE, result, SoakSample::worstOfHundredMillis));
    }

    /** Draws it into the PNG {@code file}. */
    static void write(SoakResult result, Path file) {
        try {
            if (!ImageIO.write(image(result), "png", file.toFile())) {
                throw new IOException("this Java writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static BufferedImage image(SoakResult result) {
        List<TimePanel> panels = panels(result);
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage image = new BufferedImage(WIDTH, HEAD + rows * PANEL_HEIGHT + FOOT, BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, WIDTH, image.getHeight());
        head(to, result);
        for (int i = 0; i < panels.size(); i++) {
            int left = i % COLUMNS * (WIDTH / COLUMNS);
            panels.get(i)
                    .draw(
                            (Graphics2D)
                                    to.create(left, HEAD + i / COLUMNS * PANEL_HEIGHT, WIDTH / COLUMNS, PANEL_HEIGHT),
                            WIDTH / COLUMNS,
                            PANEL_HEIGHT,
                            result);
        }
        foot(to, image.getHeight() - FOOT / 2);
        to.dispose();
        return image;
    }

    private static void head(Graphics2D to, SoakResult result) {
        CrashResult all = result.conservation();
        to.setColor(INK);
        to.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
        to.drawString(
                String.format(
                        Locale.ROOT,
                        "%,d alerts, %,d a second for %.1f minutes",
                        all.alerts(),
                        result.perSecond(),
                        result.seconds() / 60),
                30,
                30);
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        to.drawString(
                String.format(
                        Locale.ROOT,
                        "%d missing, %d twice, %d wrong; %s",
                        all.missing(),
                        all.duplicates(),
                        all.wrong(),
                        growing(result)),
                30,
                54);
    }

    private static String growing(SoakResult result) {
        List<String> growing = result.growth().entrySet().stream()
                .filter(figure -> figure.getValue().grows())
                .map(Map.Entry::getKey)
                .toList();
        return growing.isEmpty() ? "nothing grows" : "grows: " + String.join(", ", growing);
    }

    private static void foot(Graphics2D to, int y) {
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        int x = 30;
        for (SoakFault kind : SoakFault.values()) {
            to.setColor(TimePanel.colour(kind));
            to.setStroke(new BasicStroke(3));
            to.drawLine(x, y - 5, x + 24, y - 5);
            to.setColor(INK);
            to.drawString(kind.words(), x + 32, y);
            x += 60 + to.getFontMetrics().stringWidth(kind.words());
        }
        to.drawString("memory, threads and files are those of the instance that is never killed", x + 20, y);
    }
}
