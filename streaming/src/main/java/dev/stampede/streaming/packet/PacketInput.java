package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.schemasource.SchemaSource;
import dev.stampede.streaming.survey.CutoutKind;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.util.List;
import java.util.Optional;

/**
 * What all threads share to read packets. Thread-safe.
 *
 * @param format how values are framed
 * @param cutout which image of a survey's packet is judged
 * @param fit how that image becomes the model's size
 * @param surveys the surveys that are understood
 * @param schemas where schemas come from that a packet only numbers
 * @param maxValueBytes the largest value that is decoded
 */
public record PacketInput(
        InputFormat format,
        CutoutKind cutout,
        Fit fit,
        SurveyCatalogue surveys,
        SchemaSource schemas,
        int maxValueBytes) {

    /** Any framing and any shipped survey, their difference images, no source of schemas. */
    public static PacketInput standard(int maxValueBytes) {
        return new PacketInput(
                InputFormat.AUTO,
                CutoutKind.DIFFERENCE,
                Fit.CROP,
                SurveyCatalogue.shipped(),
                SchemaSource.NONE,
                maxValueBytes);
    }

    /** The same, but judging {@code another} cutout. */
    public PacketInput judging(CutoutKind another) {
        return new PacketInput(format, another, fit, surveys, schemas, maxValueBytes);
    }

    /** The same, but fitted {@code another} way. */
    public PacketInput fitted(Fit another) {
        return new PacketInput(format, cutout, another, surveys, schemas, maxValueBytes);
    }

    /**
     * Refuses to resample for a model whose pixel scale is not known.
     *
     * @param grid the model's pixels, where they are known
     */
    public void demandScale(Optional<PixelGrid> grid) {
        if (lacksScale(grid)) {
            throw CommandFailure.usage("The model does not say its pixel scale, so nothing can be resampled to it: take"
                    + " input.fit=crop, or train it with --pixel-scale.");
        }
    }

    /** Whether images are to be resampled to a pixel scale that is not known. */
    public boolean lacksScale(Optional<PixelGrid> grid) {
        return fit == Fit.RESAMPLE && grid.isEmpty();
    }

    /** A decoder for one thread that resamples nothing. */
    public AlertDecoder newDecoder(List<CoaddKind> channels) {
        return newDecoder(channels, Optional.empty());
    }

    /** A decoder for one thread, for a model that looks at these coadds on that grid of pixels, where it is known. */
    public AlertDecoder newDecoder(List<CoaddKind> channels, Optional<PixelGrid> grid) {
        return new AlertDecoder(channels, grid.filter(any -> fit == Fit.RESAMPLE), this);
    }
}
