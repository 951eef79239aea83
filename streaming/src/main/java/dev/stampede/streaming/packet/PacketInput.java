package dev.stampede.streaming.packet;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
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
 * @param outOfDomain what happens to alerts outside the domain of the model
 * @param surveys the surveys whose packets can be decoded
 * @param schemas the source of schemas for packets that carry only a schema id
 * @param maxValueBytes the maximum size of a record value
 */
public record PacketInput(
        InputFormat format,
        PlaneMapping planes,
        Resizing fit,
        OutOfDomain outOfDomain,
        SurveyCatalogue surveys,
        SchemaSource schemas,
        int maxValueBytes) {

    /** Accepts any alert and leaves its image as it is. */
    static final StampFit NO_MODEL = new StampFit(0, Domain.any(), Padding.NONE, Resizing.CROP, OutOfDomain.CLASSIFY);

    /** Any framing and any included survey, the default mapping of planes, no source of schemas. */
    public static PacketInput standard(int maxValueBytes) {
        return new PacketInput(
                InputFormat.AUTO,
                PlaneMapping.DEFAULT,
                Resizing.AUTO,
                OutOfDomain.ABSTAIN,
                SurveyCatalogue.shipped(),
                SchemaSource.NONE,
                maxValueBytes);
    }

    /** The same with {@code another} mapping. */
    public PacketInput withPlanes(PlaneMapping another) {
        return new PacketInput(format, another, fit, outOfDomain, surveys, schemas, maxValueBytes);
    }

    /** The same with the field at a path such as {@code candidate.drb} as the survey's score. */
    public PacketInput withSurveyScore(String field) {
        return new PacketInput(
                format, planes, fit, outOfDomain, surveys.withSurveyScore(field), schemas, maxValueBytes);
    }

    /** The same with {@code another} conversion to the stamp size. */
    public PacketInput withFit(Resizing another) {
        return new PacketInput(format, planes, another, outOfDomain, surveys, schemas, maxValueBytes);
    }

    /** The same with {@code another} treatment of alerts outside the domain of the model. */
    public PacketInput withOutOfDomain(OutOfDomain another) {
        return new PacketInput(format, planes, fit, another, surveys, schemas, maxValueBytes);
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
                    "The model has no pixel scale to resample to: set input.fit=auto, or train it"
                            + " with --pixel-scale.");
        }
    }

    /** Whether images are resampled to a pixel scale that is unknown. */
    public boolean lacksScale(Optional<PixelGrid> grid) {
        return fit == Resizing.RESAMPLE && grid.isEmpty();
    }

    /** A decoder for one thread that returns the images of any survey in their size. */
    public AlertDecoder newDecoder(List<Plane> planesRead) {
        return new AlertDecoder(planesRead, NO_MODEL, this);
    }

    /**
     * A decoder for one thread, for a model.
     *
     * @param input what the model looks at
     * @param domain the images that it was made for
     * @param padding what becomes of images that are smaller than its input
     */
    public AlertDecoder newDecoder(ModelContract.Input input, Domain domain, Padding padding) {
        return new AlertDecoder(
                input.planes(), new StampFit(input.stampSize(), domain, padding, fit, outOfDomain), this);
    }
}
