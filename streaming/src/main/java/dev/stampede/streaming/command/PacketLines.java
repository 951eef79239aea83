package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Crop;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/** How judged packets are written, a line each. */
enum PacketLines {
    /** Columns for the eye. */
    TEXT {
        @Override
        void begin(PrintWriter out) {
            out.println(String.format(
                    Locale.ROOT,
                    COLUMNS,
                    "verdict",
                    "reason",
                    "probability",
                    "their score",
                    "fit",
                    "survey",
                    "id",
                    "file"));
        }

        @Override
        String line(Line line) {
            return String.format(
                    Locale.ROOT,
                    COLUMNS,
                    line.verdict,
                    line.reason,
                    line.probability,
                    line.surveyScore,
                    line.fit,
                    line.survey,
                    line.id,
                    line.file);
        }
    },
    /** Comma-separated values. */
    CSV {
        @Override
        void begin(PrintWriter out) {
            out.println("file,survey,id,verdict,reason,probability,surveyScore,fit,magnification,padded");
        }

        @Override
        String line(Line line) {
            return String.join(
                    ",",
                    quoted(line.file.toString()),
                    quoted(line.survey),
                    quoted(line.id),
                    line.verdict,
                    line.reason,
                    line.probability,
                    line.surveyScore,
                    line.fit,
                    line.magnification,
                    line.padded);
        }
    },
    /** One JSON object a line. */
    JSON {
        @Override
        void begin(PrintWriter out) {}

        @Override
        String line(Line line) {
            ObjectNode object = new ObjectMapper().createObjectNode();
            return object.put("file", line.file.toString())
                    .put("survey", line.survey)
                    .put("id", line.id)
                    .put("verdict", line.verdict)
                    .put("reason", line.reason.isEmpty() ? null : line.reason)
                    .put("probability", line.probability.isEmpty() ? null : Double.valueOf(line.probability))
                    .put("surveyScore", line.surveyScore.isEmpty() ? null : Double.valueOf(line.surveyScore))
                    .put("fit", line.fit.isEmpty() ? null : line.fit)
                    .put("magnification", line.magnification.isEmpty() ? null : Double.valueOf(line.magnification))
                    .put("padded", line.padded.isEmpty() ? null : Boolean.valueOf(line.padded))
                    .toString();
        }
    };

    private static final String COLUMNS = "%-11s  %-22s  %11s  %11s  %-10s  %-8s  %-22s  %s";

    /** What a line says; an empty text where there is nothing to say. */
    private record Line(
            Path file,
            String survey,
            String id,
            String verdict,
            String reason,
            String probability,
            String surveyScore,
            String fit,
            String magnification,
            String padded) {}

    /** Writes what comes before the first line. */
    abstract void begin(PrintWriter out);

    abstract String line(Line line);

    void print(PrintWriter out, Path file, Alert alert, Judgement judgement, Crop crop) {
        out.println(line(new Line(
                file,
                alert.survey(),
                alert.id(),
                judgement.verdict().name(),
                judgement.abstention().map(Enum::name).orElse(""),
                judgement instanceof Judgement.Scored scored ? decimal(scored.probability()) : "",
                decimal(alert.surveyScore()),
                crop.getMethod().name(),
                decimal(crop.getMagnification()),
                String.valueOf(crop.getPadded()))));
    }

    void print(PrintWriter out, Path file, DeadLetter letter) {
        out.println(line(new Line(file, "", "", "DEAD_LETTER", letter.error().name(), "", "", "", "", "")));
    }

    private static String decimal(OptionalDouble number) {
        return number.isPresent() ? decimal(number.getAsDouble()) : "";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.6f", number);
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
