package dev.stampede.training.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates of the pages, Mustache files next to this class. */
public final class Template {
    private Template() {}

    /**
     * Fills a template.
     *
     * @param name its file
     * @param formatter turns values into text
     * @param view the values, by the names in the template
     */
    public static String page(String name, Mustache.Formatter formatter, Object view) {
        return Mustache.compiler()
                .withLoader(part -> new StringReader(read(part)))
                .withFormatter(formatter)
                .compile(read(name))
                .execute(view);
    }

    private static String read(String name) {
        try (InputStream template = Template.class.getResourceAsStream(name)) {
            if (template == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + name, failure);
        }
    }
}
