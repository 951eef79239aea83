package dev.stampede.streaming.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The surveys whose packets are understood: those a user described, then those that ship. Immutable. */
public final class SurveyCatalogue {
    private static final List<String> SHIPPED = List.of("ztf", "rubin", "decam", "winter", "pgir", "atlas");

    private final List<SurveyDescription> surveys;

    private SurveyCatalogue(List<SurveyDescription> surveys) {
        this.surveys = List.copyOf(surveys);
    }

    /** The surveys that ship with Stampede. */
    public static SurveyCatalogue shipped() {
        return with(List.of());
    }

    /**
     * The surveys that the files describe, then those that ship.
     *
     * @throws CommandFailure if a file cannot be read or describes no survey
     */
    public static SurveyCatalogue with(List<Path> files) {
        List<SurveyDescription> surveys = new ArrayList<>();
        for (Path file : files) {
            try {
                surveys.add(SurveyFile.parse(Files.readString(file)));
            } catch (IOException e) {
                throw CommandFailure.usage("Cannot read the survey file " + file + ": " + e);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage("The survey file " + file + " describes no survey: " + e.getMessage());
            }
        }
        SHIPPED.forEach(name -> surveys.add(shipped(name)));
        return new SurveyCatalogue(surveys);
    }

    private static SurveyDescription shipped(String name) {
        try (InputStream file = SurveyCatalogue.class.getResourceAsStream(name + ".yaml")) {
            return SurveyFile.parse(
                    new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shipped description of " + name, e);
        }
    }

    /** The survey that writes packets with {@code schema}; the first where several would. */
    public Optional<SurveyDescription> recognise(Schema schema) {
        return surveys.stream().filter(survey -> survey.recognises(schema)).findFirst();
    }

    /** The names of the surveys, in the order they are tried. */
    public Stream<String> names() {
        return surveys.stream().map(SurveyDescription::survey);
    }
}
