package dev.stampede.training.report;

import dev.stampede.stamps.picture.PngFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart in the style of the report. */
final class ChartStyle {
    static final Color REAL = new Color(0x1B6CA8);
    static final Color BOGUS = new Color(0xC8553D);
    static final Color NEUTRAL = new Color(0x8A8A8A);
    static final Color BOUND = new Color(0x2E8B57);

    private static final int WIDTH = 720;
    private static final int HEIGHT = 480;
    private static final Color INK = new Color(0x303030);
    private static final Color GRID = new Color(0xE4E4E4);
    private static final BasicStroke SOLID = new BasicStroke(2.2f);
    private static final BasicStroke INVISIBLE = SeriesLines.NONE;
    private static final BasicStroke DASHED =
            new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);

    private final XYChart chart;

    ChartStyle(String title, String across, String up) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        apply(chart.getStyler());
        chart.getStyler().setMarkerSize(7);
    }

    /** Sets the colours and fonts of the report. */
    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setLegendBorderColor(GRID)
                .setChartFontColor(INK)
                .setChartPadding(14);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1));
    }

    ChartStyle legendAt(LegendPosition position) {
        chart.getStyler().setLegendPosition(position);
        return this;
    }

    /** The legend in one row below the chart, where it covers no point. */
    ChartStyle legendBelow() {
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal).setLegendPosition(LegendPosition.OutsideS);
        return this;
    }

    ChartStyle horizontal(double from, double to) {
        chart.getStyler().setXAxisMin(from).setXAxisMax(to);
        return this;
    }

    ChartStyle vertical(double from, double to) {
        chart.getStyler().setYAxisMin(from).setYAxisMax(to);
        return this;
    }

    ChartStyle logarithmicAcross() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    ChartStyle logarithmicUp() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    ChartStyle line(String name, List<Double> across, List<Double> up, Color colour) {
        return series(name, across, up, colour, SOLID, false);
    }

    ChartStyle dashes(String name, List<Double> across, List<Double> up, Color colour) {
        return series(name, across, up, colour, DASHED, false);
    }

    ChartStyle dots(String name, List<Double> across, List<Double> up, Color colour) {
        return series(name, across, up, colour, SOLID, true);
    }

    /** Markers without a line between them. */
    ChartStyle points(String name, List<Double> across, List<Double> up, Color colour) {
        return series(name, across, up, colour, INVISIBLE, true);
    }

    private ChartStyle series(
            String name, List<Double> across, List<Double> up, Color colour, BasicStroke stroke, boolean marked) {
        if (!across.isEmpty()) {
            XYSeries series = chart.addSeries(name, across, up);
            series.setLineColor(colour);
            series.setLineStyle(stroke);
            series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            series.setMarkerColor(colour);
        }
        return this;
    }

    void write(Path file) throws IOException {
        PngFile.write(BitmapEncoder.getBufferedImage(chart), file);
    }
}
