package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsFormatException;
import dev.stampede.streaming.survey.BoundSurvey;
import dev.stampede.streaming.survey.CutoutKind;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Decodes packets of one version of a survey's schema: the described fields and one cutout. */
final class SurveyReader implements RecordReader {
    private final BoundSurvey survey;
    private final CutoutKind cutout;
    private final StampMaker stamps;
    private final GenericDatumReader<IndexedRecord> reader;
    private @Nullable BinaryDecoder binary;
    private @Nullable IndexedRecord packet;

    SurveyReader(BoundSurvey survey, Schema writer, CutoutKind cutout, StampMaker stamps) {
        this.survey = survey;
        this.cutout = cutout;
        this.stamps = stamps;
        // Avro caches data of a schema in GenericData; one instance per reader is released with the reader.
        GenericData memory = new GenericData().setFastReaderEnabled(true);
        this.reader = new GenericDatumReader<>(writer, survey.projection(), memory);
    }

    @Override
    public Decoded read(byte[] bytes, int start, int end) {
        IndexedRecord record;
        try {
            binary = DecoderFactory.get().binaryDecoder(bytes, start, end - start, binary);
            record = reader.read(packet, binary);
            packet = record;
            if (!binary.isEnd()) {
                return DeadLetter.of(ErrorClass.CORRUPT_AVRO, "there are extra bytes after the alert");
            }
        } catch (IOException | RuntimeException e) {
            packet = null; // partly overwritten
            return DeadLetter.corrupt(e);
        }
        return assemble(record);
    }

    private Decoded assemble(IndexedRecord record) {
        Optional<String> id = survey.id(record);
        OptionalDouble mjd = survey.mjd(record);
        Optional<SkyPosition> position = position(record);
        if (id.isEmpty() || mjd.isEmpty() || position.isEmpty()) {
            return DeadLetter.of(
                    ErrorClass.MISSING_FIELD,
                    "the " + survey.survey() + " packet lacks its "
                            + (id.isEmpty() ? "id" : mjd.isEmpty() ? "time" : "position"));
        }
        Optional<ByteBuffer> image = survey.cutout(record, cutout);
        if (image.isEmpty()) {
            return DeadLetter.of(
                    ErrorClass.MISSING_CUTOUT,
                    "the " + survey.survey() + " packet " + id.get() + " has no " + cutout + " cutout");
        }
        StampMaker.Made made;
        try {
            made = stamps.make(image.get(), survey.pixelScaleArcsec(record));
        } catch (FitsFormatException e) {
            return DeadLetter.of(
                    ErrorClass.BAD_FITS,
                    "the " + cutout + " cutout of " + survey.survey() + " packet " + id.get() + ": " + e.getMessage());
        }
        return Alert.builder(id.get(), survey.survey())
                .objectId(survey.objectId(record))
                .observation(survey.band(record).orElse(""), mjd.getAsDouble(), survey.timeScale())
                .position(position)
                .image(made.image().width(), made.image().height(), made.stamp())
                .scales(made.pixelScaleArcsec(), made.magnification())
                .scores(survey.signalToNoise(record), survey.surveyScore(record))
                .build();
    }

    private Optional<SkyPosition> position(IndexedRecord record) {
        OptionalDouble rightAscension = survey.rightAscensionDegrees(record);
        OptionalDouble declination = survey.declinationDegrees(record);
        return rightAscension.isPresent() && declination.isPresent()
                ? Optional.of(new SkyPosition(rightAscension.getAsDouble(), declination.getAsDouble()))
                : Optional.empty();
    }
}
