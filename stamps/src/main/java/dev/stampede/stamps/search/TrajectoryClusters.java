package dev.stampede.stamps.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of detections within a radius of each other at the first and at the last exposure, only the one of the highest likelihood
 * remains.
 */
final class TrajectoryClusters {
    private static final Comparator<Detection> BEST_FIRST = Comparator.comparingDouble(Detection::likelihood)
            .reversed()
            .thenComparingInt(detection -> detection.trajectory().row())
            .thenComparingInt(detection -> detection.trajectory().column())
            .thenComparingDouble(detection -> detection.trajectory().velocity().columnsPerDay())
            .thenComparingDouble(detection -> detection.trajectory().velocity().rowsPerDay());

    private final double radius;
    /** Rows and columns of a cell, pixels: neighbours lie in the same or in adjacent cells. */
    private final double cellSize;

    private final double days;
    /** The detections that remain, by the cell of their start. */
    private final Map<Long, List<Trajectory>> cells = new HashMap<>();

    private TrajectoryClusters(double radius, double days) {
        this.radius = radius;
        this.cellSize = Math.max(radius, 1);
        this.days = days;
    }

    /** The best of each cluster, the highest likelihood first. */
    static List<Detection> best(List<Detection> detections, double radius, double days) {
        TrajectoryClusters clusters = new TrajectoryClusters(radius, days);
        List<Detection> best = new ArrayList<>();
        for (Detection detection : detections.stream().sorted(BEST_FIRST).toList()) {
            if (clusters.add(detection.trajectory())) {
                best.add(detection);
            }
        }
        return best;
    }

    private boolean add(Trajectory trajectory) {
        int row = (int) Math.floor(trajectory.row() / cellSize);
        int column = (int) Math.floor(trajectory.column() / cellSize);
        for (int r = row - 1; r <= row + 1; r++) {
            for (int c = column - 1; c <= column + 1; c++) {
                for (Trajectory other : cells.getOrDefault(cell(r, c), List.of())) {
                    if (isNear(trajectory, other, 0) && isNear(trajectory, other, days)) {
                        return false;
                    }
                }
            }
        }
        cells.computeIfAbsent(cell(row, column), key -> new ArrayList<>()).add(trajectory);
        return true;
    }

    private static long cell(int row, int column) {
        return ((long) row << Integer.SIZE) | (column & 0xFFFFFFFFL);
    }

    private boolean isNear(Trajectory one, Trajectory other, double time) {
        double rows = one.rowAt(time) - other.rowAt(time);
        double columns = one.columnAt(time) - other.columnAt(time);
        return rows * rows + columns * columns <= radius * radius;
    }
}
