package dev.stampede.streaming.packet;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.util.List;
import java.util.Optional;

/**
 * How to decode packets, shared by all threads. Thread-safe.
 *
 * @param format the framing of record values
 * @param planes which cutouts of a survey's packet stand for the coadds of a model
 * @param fit how cutouts are converted to the model's stamp size
 * @param surveys the surveys whose packets can be decoded
 * @param schemas the source of schemas for packets that carry only a schema id
 * @param maxValueBytes the maximum size of a record value
 */
public record PacketInput(
        InputFormat format,
        PlaneMapping planes,
        Resizing fit,
        SurveyCatalogue surveys,
        SchemaSource schemas,
        int maxValueBytes) {

    /** Any framing and any included survey, the default mapping of planes, no source of schemas. */
    public static PacketInput standard(int maxValueBytes) {
        return new PacketInput(
                InputFormat.AUTO,
                PlaneMapping.DEFAULT,
                Resizing.CROP,
                SurveyCatalogue.shipped(),
                SchemaSource.NONE,
                maxValueBytes);
    }

    /** The same with {@code another} mapping. */
    public PacketInput withPlanes(PlaneMapping another) {
        return new PacketInput(format, another, fit, surveys, schemas, maxValueBytes);
    }

    /** The same with the field at a path such as {@code candidate.drb} as the survey's score. */
    public PacketInput withSurveyScore(String field) {
        return new PacketInput(format, planes, fit, surveys.withSurveyScore(field), schemas, maxValueBytes);
    }

    /** The same with {@code another} conversion to the stamp size. */
    public PacketInput withFit(Resizing another) {
        return new PacketInput(format, planes, another, surveys, schemas, maxValueBytes);
    }

    /**
     * Checks that the model's pixel scale is known if images are resampled to it.
     *
     * @param grid the model's pixel grid, if known
     * @throws InvalidInputException if it is not
     */
    public void requireScale(Optional<PixelGrid> grid) {
        if (lacksScale(grid)) {
            throw new InvalidInputException(
                    "The model has no pixel scale to resample to: set input.fit=crop, or train it"
                            + " with --pixel-scale.");
        }
    }

    /** Whether images are resampled to a pixel scale that is unknown. */
    public boolean lacksScale(Optional<PixelGrid> grid) {
        return fit == Resizing.RESAMPLE && grid.isEmpty();
    }

    /** A decoder for one thread, without resampling. */
    public AlertDecoder newDecoder(List<Plane> model) {
        return newDecoder(model, Optional.empty());
    }

    /** A decoder for one thread, for a model of these planes and that pixel grid, if known. */
    public AlertDecoder newDecoder(List<Plane> model, Optional<PixelGrid> grid) {
        return new AlertDecoder(model, grid.filter(any -> fit == Resizing.RESAMPLE), this);
    }
}
