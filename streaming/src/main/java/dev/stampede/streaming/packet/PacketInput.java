package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.schemasource.SchemaSource;
import dev.stampede.streaming.survey.CutoutKind;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.util.List;

/**
 * What all threads share to read packets. Thread-safe.
 *
 * @param format how values are framed
 * @param cutout which image of a survey's packet is judged
 * @param surveys the surveys that are understood
 * @param schemas where schemas come from that a packet only numbers
 * @param maxValueBytes the largest value that is decoded
 */
public record PacketInput(
        InputFormat format, CutoutKind cutout, SurveyCatalogue surveys, SchemaSource schemas, int maxValueBytes) {

    /** Any framing and any shipped survey, their difference images, no source of schemas. */
    public static PacketInput standard(int maxValueBytes) {
        return new PacketInput(
                InputFormat.AUTO, CutoutKind.DIFFERENCE, SurveyCatalogue.shipped(), SchemaSource.NONE, maxValueBytes);
    }

    /** The same, but judging {@code another} cutout. */
    public PacketInput judging(CutoutKind another) {
        return new PacketInput(format, another, surveys, schemas, maxValueBytes);
    }

    /** A decoder for one thread. */
    public AlertDecoder newDecoder(List<CoaddKind> channels) {
        return new AlertDecoder(channels, this);
    }
}
