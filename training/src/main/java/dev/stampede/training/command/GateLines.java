package dev.stampede.training.command;

import dev.stampede.commandline.TextTable;
import dev.stampede.training.gate.GateDecision;
import dev.stampede.training.report.GateRow;
import java.io.PrintWriter;
import java.util.List;

/** Prints the decision of the gate. */
final class GateLines {
    private static final List<String> HEADER = List.of("Check", "new", "live", "difference or limit", "result");

    private GateLines() {}

    static void print(GateDecision decision, PrintWriter lines) {
        List<List<String>> rows = GateRow.of(decision).stream()
                .map(row -> List.of(row.check(), row.challenger(), row.live(), row.limit(), row.result()))
                .toList();
        TextTable.lines(HEADER, rows).forEach(lines::println);
        lines.println("gate: " + GateRow.summary(decision));
    }
}
