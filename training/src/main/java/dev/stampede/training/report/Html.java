package dev.stampede.training.report;

import dev.stampede.training.evaluate.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Pieces of a page. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Text as it is to be read, with the characters that mean something to HTML replaced. */
    static String escape(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    Html heading(String plain) {
        text.append("<h2>").append(escape(plain)).append("</h2>\n");
        return this;
    }

    Html paragraph(String plain) {
        text.append("<p>").append(escape(plain)).append("</p>\n");
        return this;
    }

    Html warning(String plain) {
        text.append("<p class=\"warning\">").append(escape(plain)).append("</p>\n");
        return this;
    }

    /** A table whose first column names its rows; {@code note} is below it and may be empty. */
    Html table(List<String> header, List<List<String>> rows, String note) {
        text.append("<div class=\"table\"><table><thead>");
        row(header, "th");
        text.append("</thead><tbody>\n");
        rows.forEach(cells -> row(cells, "td"));
        text.append("</tbody></table></div>\n");
        if (!note.isEmpty()) {
            text.append("<p class=\"note\">").append(escape(note)).append("</p>\n");
        }
        return this;
    }

    private void row(List<String> cells, String tag) {
        text.append("<tr>");
        for (String cell : cells) {
            text.append('<').append(tag).append('>').append(escape(cell));
            text.append("</").append(tag).append('>');
        }
        text.append("</tr>\n");
    }

    /** Pictures side by side where there is room, each with its words; they become part of the page. */
    Html pictures(String kind, List<Path> files, List<String> words) throws IOException {
        text.append("<div class=\"").append(kind).append("\">\n");
        for (int i = 0; i < files.size(); i++) {
            String data = Base64.getEncoder().encodeToString(Files.readAllBytes(files.get(i)));
            text.append("<figure><img alt=\"").append(escape(words.get(i)));
            text.append("\" src=\"data:image/png;base64,").append(data).append("\"><figcaption>");
            text.append(escape(words.get(i))).append("</figcaption></figure>\n");
        }
        text.append("</div>\n");
        return this;
    }

    /** Such as {@code 1.23 % (1.01 to 1.40)}. */
    static String percent(Interval interval) {
        return Double.isNaN(interval.value())
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%s (%s to %s)",
                        percent(interval.value()),
                        share(interval.low()),
                        share(interval.high()));
    }

    /** Such as {@code 1.23 %}. */
    static String percent(double share) {
        return Double.isNaN(share) ? "none" : share(share) + " %";
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    /** Such as {@code 0.98765 (0.98 to 0.99)}. */
    static String plain(Interval interval) {
        return String.format(Locale.ROOT, "%.5f (%.5f to %.5f)", interval.value(), interval.low(), interval.high());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
