package dev.stampede.benchmarks.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Some figures of a soak over its minutes. */
final class TimePanel {
    static final Color BLUE = new Color(0x1f77b4);
    static final Color ORANGE = new Color(0xd95f02);
    private static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final int LEFT = 75;
    private static final int RIGHT = 25;
    private static final int TOP = 34;
    private static final int BOTTOM = 38;
    private static final int MOST_TICKS = 6;

    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private boolean isLogarithmic;

    TimePanel(String title) {
        this.title = title;
    }

    private record Line(String name, Color colour, List<double[]> points) {}

    TimePanel logarithmic() {
        isLogarithmic = true;
        return this;
    }

    /** Adds a line; NaN leaves a gap. */
    TimePanel line(String name, Color colour, SoakResult result, ToDoubleFunction<SoakSample> figure) {
        lines.add(new Line(
                name,
                colour,
                result.samples().stream()
                        .map(sample -> new double[] {sample.seconds() / 60, figure.applyAsDouble(sample)})
                        .toList()));
        return this;
    }

    static Color colour(SoakFault fault) {
        return switch (fault) {
            case RESTART_BROKER -> new Color(0x7b3294);
            case KILL_INSTANCE -> new Color(0xc51b1b);
            case POISON_STORM -> new Color(0x4d9221);
        };
    }

    void draw(Graphics2D to, int width, int height, SoakResult result) {
        double last =
                result.samples().stream().mapToDouble(SoakSample::seconds).max().orElse(0);
        Axes axes = axes(width, height, Math.max(result.seconds(), last) / 60);
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        grid(to, axes);
        faults(to, axes, result);
        to.setStroke(new BasicStroke(1.8f));
        lines.forEach(line -> draw(to, axes, line));
        to.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        to.setColor(INK);
        to.drawString(title, LEFT, TOP - 12);
        if (lines.size() > 1) {
            legend(to, axes);
        }
        to.dispose();
    }

    /** From figures to pixels. */
    private record Axes(int right, int bottom, double minutes, double low, double high, boolean isLogarithmic) {
        double x(double minute) {
            return LEFT + minute / minutes * (right - LEFT);
        }

        double y(double figure) {
            double share = isLogarithmic
                    ? Math.log(Math.max(figure, low) / low) / Math.log(high / low)
                    : (figure - low) / (high - low);
            return bottom - share * (bottom - TOP);
        }
    }

    private Axes axes(int width, int height, double minutes) {
        double least = values().min().orElse(0);
        double most = Math.max(values().max().orElse(1), 1);
        double low = isLogarithmic ? Math.pow(10, Math.floor(Math.log10(Math.max(least, 1)))) : 0;
        double high = isLogarithmic
                ? Math.max(low * 10, Math.pow(10, Math.ceil(Math.log10(most))))
                : ticks(most * 1.08) * Math.ceil(most * 1.08 / ticks(most * 1.08));
        return new Axes(width - RIGHT, height - BOTTOM, minutes, low, high, isLogarithmic);
    }

    private DoubleStream values() {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> point[1])
                .filter(Double::isFinite);
    }

    /** A round distance, 1, 2 or 5 times a power of ten, that divides {@code range} into six at most. */
    private static double ticks(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / MOST_TICKS)));
        for (double step : new double[] {1, 2, 5}) {
            if (range / (step * power) <= MOST_TICKS) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static void grid(Graphics2D to, Axes axes) {
        double step = ticks(axes.high());
        for (double y = axes.low(); y <= axes.high() * 1.001; y = axes.isLogarithmic() ? y * 10 : y + step) {
            int at = (int) axes.y(y);
            to.setColor(GRID);
            to.drawLine(LEFT, at, axes.right(), at);
            String text = step < 1 && !axes.isLogarithmic()
                    ? String.format(Locale.ROOT, "%.1f", y)
                    : String.format(Locale.ROOT, "%,.0f", y);
            to.setColor(INK);
            to.drawString(text, LEFT - 8 - to.getFontMetrics().stringWidth(text), at + 4);
        }
        double minute = ticks(axes.minutes());
        for (double x = 0; x <= axes.minutes() * 1.001; x += minute) {
            String text = minute < 1 ? String.format(Locale.ROOT, "%.1f", x) : String.format(Locale.ROOT, "%.0f", x);
            int at = (int) axes.x(x);
            to.drawLine(at, axes.bottom(), at, axes.bottom() + 4);
            to.drawString(text, at - to.getFontMetrics().stringWidth(text) / 2, axes.bottom() + 18);
        }
        String minutes = "minutes";
        to.drawString(minutes, axes.right() - to.getFontMetrics().stringWidth(minutes), axes.bottom() + 33);
    }

    private static void faults(Graphics2D to, Axes axes, SoakResult result) {
        float[] dashes = {5, 4};
        to.setStroke(new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0));
        for (SoakResult.Fault fault : result.faults()) {
            to.setColor(colour(fault.kind()));
            int at = (int) axes.x(fault.seconds() / 60);
            to.drawLine(at, TOP, at, axes.bottom());
        }
    }

    private static void draw(Graphics2D to, Axes axes, Line line) {
        Path2D path = new Path2D.Double();
        boolean isDown = false;
        for (double[] point : line.points()) {
            double y = axes.y(point[1]);
            if (Double.isNaN(point[1])) {
                isDown = false;
            } else if (isDown) {
                path.lineTo(axes.x(point[0]), y);
            } else {
                path.moveTo(axes.x(point[0]), y);
                isDown = true;
            }
        }
        to.setColor(line.colour());
        to.draw(path);
    }

    /** To the right of the title. */
    private void legend(Graphics2D to, Axes axes) {
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        int x = axes.right();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            x -= to.getFontMetrics().stringWidth(line.name());
            to.setColor(INK);
            to.drawString(line.name(), x, TOP - 12);
            to.setColor(line.colour());
            to.drawLine(x - 26, TOP - 16, x - 6, TOP - 16);
            x -= 44;
        }
    }
}
