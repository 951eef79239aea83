package dev.stampede.streaming.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.error.InvalidInputException;
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

/** The surveys whose packets can be decoded: those from the user's files, then the included ones. Immutable. */
public final class SurveyCatalogue {
    private static final List<String> INCLUDED = List.of("ztf", "rubin", "decam", "winter", "pgir", "atlas", "turbo");

    private final List<SurveyDescription> surveys;

    private SurveyCatalogue(List<SurveyDescription> surveys) {
        this.surveys = List.copyOf(surveys);
    }

    /** The included surveys. */
    public static SurveyCatalogue shipped() {
        return with(List.of());
    }

    /**
     * The surveys that {@code files} describe, then the included ones.
     *
     * @throws InvalidInputException if a file cannot be read or is not the description of a survey
     */
    public static SurveyCatalogue with(List<Path> files) {
        List<SurveyDescription> surveys = new ArrayList<>();
        for (Path file : files) {
            try {
                surveys.add(SurveyFile.parse(Files.readString(file)));
            } catch (IOException e) {
                throw new InvalidInputException("Cannot read the survey file " + file + ": " + FailureReason.of(e), e);
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException("The survey file " + file + " is invalid: " + e.getMessage(), e);
            }
        }
        INCLUDED.forEach(name -> surveys.add(shipped(name)));
        return new SurveyCatalogue(surveys);
    }

    private static SurveyDescription shipped(String name) {
        try (InputStream file = SurveyCatalogue.class.getResourceAsStream(name + ".yaml")) {
            return SurveyFile.parse(
                    new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the included description of " + name, e);
        }
    }

    /**
     * The same surveys, with the field at a path such as {@code candidate.drb} as their score.
     *
     * @throws IllegalArgumentException if it is not a path of fields
     */
    public SurveyCatalogue withSurveyScore(String field) {
        return new SurveyCatalogue(
                surveys.stream().map(survey -> survey.withSurveyScore(field)).toList());
    }

    /** The first survey whose packets have {@code schema}. */
    public Optional<SurveyDescription> recognise(Schema schema) {
        return surveys.stream().filter(survey -> survey.recognises(schema)).findFirst();
    }

    /** The names of the surveys, in the order of recognition. */
    public Stream<String> names() {
        return surveys.stream().map(SurveyDescription::survey);
    }
}
