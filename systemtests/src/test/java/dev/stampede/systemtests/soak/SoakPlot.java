package dev.stampede.systemtests.soak;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.picture.PngFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots a soak test: a panel for each quantity over time, with the faults marked. */
final class SoakPlot {
    private static final int WIDTH = 750;
    private static final int HEIGHT = 300;
    private static final BasicStroke LINE = new BasicStroke(1.6f);
    private static final BasicStroke DASHES =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0);
    private static final Color[] COLOURS = {new Color(0x1f77b4), new Color(0xd95f02)};
    private static final Map<SoakFault, Color> FAULT_COLOURS = Map.of(
            SoakFault.RESTART_BROKER, new Color(0x7b3294),
            SoakFault.KILL_INSTANCE, new Color(0xc51b1b),
            SoakFault.POISON_STORM, new Color(0x4d9221));

    private SoakPlot() {}

    /** Writes the PNG {@code file}. */
    static void write(SoakResult result, Path file) {
        XYChart latency = panel(
                "Latency, ms",
                result,
                Map.of("p50", SoakSample::medianMillis, "p99", SoakSample::worstOfHundredMillis));
        latency.getStyler().setYAxisLogarithmic(true);
        List<XYChart> panels = List.of(
                panel(
                        "Heap after a collection, MiB",
                        result,
                        Map.of("heap", s -> s.process().heapMebibytes())),
                panel(
                        "Resident memory, MiB",
                        result,
                        Map.of("resident", s -> s.process().residentMebibytes())),
                panel(
                        "Threads, open files and sockets",
                        result,
                        Map.of(
                                "threads",
                                s -> s.process().threads(),
                                "files",
                                s -> s.process().openFiles())),
                panel("Alerts in flight", result, Map.of("in flight", SoakSample::underWay)),
                panel("Outcomes per second", result, Map.of("outcomes", SoakSample::perSecond)),
                latency);
        BufferedImage image = new BufferedImage(2 * WIDTH, panels.size() / 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < panels.size(); i++) {
            BufferedImage panel = image.getSubimage(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
            Graphics2D graphics = panel.createGraphics();
            panels.get(i).paint(graphics, WIDTH, HEIGHT);
            graphics.dispose();
        }
        try {
            PngFile.write(image, file);
        } catch (IOException e) {
            throw FileAccessException.writing(file, e);
        }
    }

    private static XYChart panel(String title, SoakResult result, Map<String, ToDoubleFunction<SoakSample>> lines) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle("minutes");
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(result.seconds() / 60).setXAxisTickMarkSpacingHint(60);
        double[] minutes = result.samples().stream()
                .mapToDouble(sample -> sample.seconds() / 60)
                .toArray();
        double max = 1;
        int colour = 0;
        for (Map.Entry<String, ToDoubleFunction<SoakSample>> line : new TreeMap<>(lines).entrySet()) {
            double[] values =
                    result.samples().stream().mapToDouble(line.getValue()).toArray();
            for (double value : values) {
                max = Double.isNaN(value) ? max : Math.max(max, value);
            }
            add(chart, line.getKey(), minutes, values, COLOURS[colour++], LINE);
        }
        Set<SoakFault> inLegend = EnumSet.noneOf(SoakFault.class);
        for (SoakResult.Fault fault : result.faults()) {
            double at = fault.seconds() / 60;
            String name = fault.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            boolean isFirst = inLegend.add(fault.kind());
            add(
                            chart,
                            isFirst ? name : name + " " + at,
                            new double[] {at, at},
                            new double[] {1, max},
                            Objects.requireNonNull(FAULT_COLOURS.get(fault.kind())),
                            DASHES)
                    .setShowInLegend(isFirst);
        }
        return chart;
    }

    private static XYSeries add(XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
        return series;
    }
}
