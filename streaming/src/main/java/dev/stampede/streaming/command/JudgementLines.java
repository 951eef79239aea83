package dev.stampede.streaming.command;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Scored;
import java.io.PrintWriter;
import java.util.Locale;

/** How judgements are written: a line each, with index, verdict, reason of an abstention, and probability. */
enum JudgementLines {
    /** Columns for the eye. */
    TEXT("index  verdict  reason                  probability", "%5d  %-7s  %-22s  %s", ""),
    /** Comma-separated values. */
    CSV("index,verdict,reason,probability", "%d,%s,%s,%s", ""),
    /** One JSON object a line. */
    JSON("", "{\"index\":%d,\"verdict\":\"%s\",\"reason\":%s,\"probability\":%s}", "null");

    private final String header;
    private final String line;
    private final String absent;

    JudgementLines(String header, String line, String absent) {
        this.header = header;
        this.line = line;
        this.absent = absent;
    }

    /** Writes what comes before the first line. */
    void begin(PrintWriter out) {
        if (!header.isEmpty()) {
            out.println(header);
        }
    }

    /** The same, with a column more. */
    void beginWithSpread(PrintWriter out) {
        if (!header.isEmpty()) {
            out.println(header + (this == CSV ? ",spread" : "    spread"));
        }
    }

    void print(PrintWriter out, long index, Judgement judgement) {
        out.println(line(index, judgement).stripTrailing());
    }

    void printWithSpread(PrintWriter out, long index, Judgement judgement) {
        String spread =
                judgement instanceof Scored scored ? String.format(Locale.ROOT, "%.6f", scored.spread()) : absent;
        String before = line(index, judgement);
        String whole = switch (this) {
            case TEXT -> before + "       " + spread;
            case CSV -> before + ',' + spread;
            case JSON -> before.substring(0, before.length() - 1) + ",\"spread\":" + spread + '}';
        };
        out.println(whole.stripTrailing());
    }

    private String line(long index, Judgement judgement) {
        String reason = judgement.abstention().map(this::quoted).orElse(absent);
        String probability =
                judgement instanceof Scored scored ? String.format(Locale.ROOT, "%.6f", scored.probability()) : absent;
        return String.format(Locale.ROOT, line, index, judgement.verdict(), reason, probability);
    }

    private String quoted(Abstention reason) {
        return this == JSON ? '"' + reason.name() + '"' : reason.name();
    }
}
