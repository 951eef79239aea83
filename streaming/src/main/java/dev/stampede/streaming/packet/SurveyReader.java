package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsFormatException;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.survey.BoundSurvey;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Decodes packets of one version of a survey's schema: the described fields and the cutouts of the model. */
final class SurveyReader implements RecordReader {
    private final BoundSurvey survey;
    private final Schema writer;
    private final List<Plane> planes;
    private final StampMaker stamps;
    private final GenericDatumReader<IndexedRecord> reader;
    private @Nullable BinaryDecoder binary;
    private @Nullable IndexedRecord packet;

    /** @param planes the planes of the model as the packet has them, in order */
    SurveyReader(BoundSurvey survey, Schema writer, List<Plane> planes, StampMaker stamps) {
        this.survey = survey;
        this.writer = writer;
        this.planes = planes;
        this.stamps = stamps;
        // Avro caches data of a schema in GenericData; one instance per reader is released with the reader.
        GenericData memory = new GenericData().setFastReaderEnabled(true);
        this.reader = new GenericDatumReader<>(writer, survey.projection(), memory);
    }

    @Override
    public Optional<Schema> writer() {
        return Optional.of(writer);
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
        Alert.Builder alert = Alert.builder(id.get(), survey.survey())
                .objectId(survey.objectId(record))
                .knownObject(survey.knownObject(record))
                .observation(survey.band(record).orElse(""), mjd, survey.timeScale())
                .position(position)
                .magnitude(survey.magnitude(record))
                .scores(survey.signalToNoise(record), survey.surveyScore(record));
        return withImage(alert, record, id.get(), position.get());
    }

    private Decoded withImage(Alert.Builder alert, IndexedRecord record, String id, SkyPosition source) {
        Optional<Abstained> outOfDomain = stamps.fit().abstention(survey.survey());
        if (outOfDomain.isPresent()) {
            return alert.abstention(outOfDomain.get()).build();
        }
        List<Plane> missing = new ArrayList<>();
        List<ByteBuffer> cutouts = new ArrayList<>(planes.size());
        for (Plane plane : planes) {
            survey.cutout(record, plane).ifPresentOrElse(cutouts::add, () -> missing.add(plane));
        }
        if (!missing.isEmpty()) {
            return alert.abstention(Abstained.missing(missing)).build();
        }
        try {
            stamps.addTo(alert, cutouts, source, survey.pixelScaleArcsec(record), survey.isNegative(record));
            alert.detectionFeatures();
            return alert.build();
        } catch (FitsFormatException e) {
            return DeadLetter.of(
                    ErrorClass.BAD_FITS,
                    "a cutout (" + Plane.names(planes) + ") of " + survey.survey() + " packet " + id + ": "
                            + e.getMessage());
        }
    }

    private Optional<SkyPosition> position(IndexedRecord record) {
        OptionalDouble rightAscension = survey.rightAscensionDegrees(record);
        OptionalDouble declination = survey.declinationDegrees(record);
        return rightAscension.isPresent() && declination.isPresent()
                ? Optional.of(new SkyPosition(rightAscension.getAsDouble(), declination.getAsDouble()))
                : Optional.empty();
    }
}
