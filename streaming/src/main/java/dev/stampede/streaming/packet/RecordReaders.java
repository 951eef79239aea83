package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.fits.FitsLimits;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.survey.BoundSurvey;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.SurveyDescription;
import dev.stampede.streaming.survey.WriterSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Makes the reader for a schema: Stampede's own, a survey's, or one that refuses. One instance a thread. */
final class RecordReaders implements AutoCloseable {
    private final PacketInput input;
    private final AlertAssembly assembly;
    private final int channels;
    private final Optional<PixelGrid> grid;
    private final FitsReader fits = new FitsReader(FitsLimits.STANDARD);

    RecordReaders(List<CoaddKind> channels, Optional<PixelGrid> grid, PacketInput input) {
        this.input = input;
        this.assembly = new AlertAssembly(channels);
        this.channels = channels.size();
        this.grid = grid;
    }

    RecordReader forSchema(String json) {
        try {
            return forSchema(WriterSchema.parse(json));
        } catch (SchemaMismatchException e) {
            return refusing(ErrorClass.SCHEMA_MISMATCH, String.valueOf(e.getMessage()));
        }
    }

    RecordReader forSchema(Schema writer) {
        if (writer.getType() == Schema.Type.RECORD
                && writer.getFullName().equals(StampAlert.getClassSchema().getFullName())) {
            return new StampAlertReader(writer, assembly);
        }
        Optional<SurveyDescription> survey = input.surveys().recognise(writer);
        if (survey.isEmpty()) {
            return refusing(
                    ErrorClass.UNKNOWN_SURVEY,
                    "the schema " + writer.getFullName() + " is of no known survey; a survey file can describe it");
        }
        try {
            BoundSurvey bound = new BoundSurvey(survey.get(), Set.of(input.cutout()), writer);
            return new SurveyReader(bound, writer, input.cutout(), new StampMaker(channels, grid, fits));
        } catch (SchemaMismatchException e) {
            return refusing(ErrorClass.SCHEMA_MISMATCH, survey.get().survey() + ": " + e.getMessage());
        }
    }

    static RecordReader refusing(ErrorClass error, String message) {
        DeadLetter refusal = DeadLetter.of(error, message);
        return (bytes, start, end) -> refusal;
    }

    @Override
    public void close() {
        fits.close();
    }
}
