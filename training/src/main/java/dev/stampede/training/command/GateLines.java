package dev.stampede.training.command;

import dev.stampede.training.gate.GateDecision;
import dev.stampede.training.report.GateTable;
import java.io.PrintWriter;
import java.util.List;

/** The decision of the gate, for a terminal. */
final class GateLines {
    private GateLines() {}

    static void tell(GateDecision decision, PrintWriter lines) {
        List<List<String>> rows = GateTable.rows(decision);
        List<String> header = GateTable.header();
        lines.println(line(header, header, rows));
        rows.forEach(row -> lines.println(line(row, header, rows)));
        lines.println("gate: " + GateTable.sentence(decision));
    }

    private static String line(List<String> cells, List<String> header, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            int place = column;
            int width = rows.stream()
                    .mapToInt(row -> row.get(place).length())
                    .reduce(header.get(column).length(), Math::max);
            line.append(cells.get(column))
                    .append(" ".repeat(width - cells.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
