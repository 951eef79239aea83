package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.fits.FitsLimits;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.survey.BoundSurvey;
import dev.stampede.streaming.survey.SchemaBounds;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.SurveyDescription;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Creates the reader for a schema: of stamp alerts, of a survey, or one that returns dead letters. Not thread-safe. */
final class RecordReaders {
    private final PacketInput input;
    private final AlertAssembly assembly;
    /** The planes of the model as a survey's packet has them, in order. */
    private final List<Plane> cutouts;

    private final StampFit fit;
    private final FitsReader fits = new FitsReader(FitsLimits.STANDARD);

    RecordReaders(List<Plane> planes, StampFit fit, PacketInput input) {
        this.input = input;
        this.assembly = new AlertAssembly(planes, fit);
        this.cutouts = input.planes().sources(planes);
        this.fit = fit;
    }

    RecordReader forSchema(String json) {
        try {
            return forSchema(WriterSchema.parse(json));
        } catch (SchemaMismatchException e) {
            return rejecting(ErrorClass.SCHEMA_MISMATCH, String.valueOf(e.getMessage()));
        }
    }

    RecordReader forSchema(Schema writer) {
        try {
            SchemaBounds.check(writer);
        } catch (SchemaMismatchException e) {
            return rejecting(ErrorClass.SCHEMA_MISMATCH, String.valueOf(e.getMessage()));
        }
        if (writer.getType() == Schema.Type.RECORD
                && writer.getFullName().equals(StampAlert.getClassSchema().getFullName())) {
            return new StampAlertReader(writer, assembly);
        }
        Optional<SurveyDescription> survey = input.surveys().recognise(writer);
        if (survey.isEmpty()) {
            return rejecting(
                    ErrorClass.UNKNOWN_SURVEY,
                    "the schema " + writer.getFullName() + " matches no known survey; describe it in a survey file");
        }
        try {
            BoundSurvey bound = new BoundSurvey(survey.get(), cutouts, writer);
            return new SurveyReader(bound, writer, cutouts, new StampMaker(cutouts, fit, fits));
        } catch (SchemaMismatchException e) {
            return rejecting(ErrorClass.SCHEMA_MISMATCH, survey.get().survey() + ": " + e.getMessage());
        }
    }

    static RecordReader rejecting(ErrorClass error, String message) {
        DeadLetter deadLetter = DeadLetter.of(error, message);
        return (bytes, start, end) -> deadLetter;
    }
}
