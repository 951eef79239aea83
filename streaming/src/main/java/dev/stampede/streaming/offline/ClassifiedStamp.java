package dev.stampede.streaming.offline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stampede.schemas.Crop;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.CropDescription;
import dev.stampede.streaming.survey.KnownObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in a file with its classification, or with the reason why it cannot be read. Its properties have the names
 * of the schema Classification; those of the alert are null for a stamp of an array, except its id in a table.
 */
@JsonPropertyOrder({
    "file",
    "index",
    "survey",
    "alertId",
    "objectId",
    "band",
    "signalToNoise",
    "magnitude",
    "verdict",
    "abstentionReason",
    "abstentionDetail",
    "probability",
    "probabilitySpread",
    "surveyScore",
    "crop",
    "negative",
    "negated",
    "ssObjectId",
    "knownObjectName",
    "knownObjectDistanceArcsec",
    "matchesKnownObject",
    "errorClass",
    "errorMessage"
})
public record ClassifiedStamp(
        @JsonIgnore FileStamp candidate,
        @JsonIgnore @Nullable Prediction prediction,
        @JsonIgnore int stampSize) {
    private static final String VERDICT_COLUMNS = "%-11s  %-22s  %11s";
    private static final String ORIGIN_COLUMNS = "%11s  %-10s  %-8s  %-22s  %5s  %s";
    private static final String BETWEEN = "  ";
    private static final String ARRAY_COLUMNS = "%5s  %-7s  %-22s  %11s";

    private static final String VERDICT_HEADER =
            String.format(Locale.ROOT, VERDICT_COLUMNS, "verdict", "abstentionReason", "probability");

    private static final String ORIGIN_HEADER =
            String.format(Locale.ROOT, ORIGIN_COLUMNS, "surveyScore", "crop", "survey", "alertId", "index", "file");

    /** The names of the columns of {@link #toText()}. */
    public static final String HEADER = VERDICT_HEADER + BETWEEN + ORIGIN_HEADER;

    /** The names of the columns of {@link #toArrayText}. */
    public static final String ARRAY_HEADER =
            String.format(Locale.ROOT, ARRAY_COLUMNS, "index", "verdict", "abstentionReason", "probability");

    /** The fields of the schema Crop. */
    record CropFields(String method, int width, int height, double magnification, boolean padded) {}

    /**
     * The classification of {@code candidate}.
     *
     * @param result null if {@code candidate} has no stamp
     * @param stampSize rows and columns of the model's input, pixels
     */
    public static ClassifiedStamp of(FileStamp candidate, @Nullable Prediction result, int stampSize) {
        Prediction prediction = result == null
                        && candidate.alert() != null
                        && candidate.alert().abstention().isPresent()
                ? candidate.alert().abstention().get()
                : result;
        return new ClassifiedStamp(candidate, prediction, stampSize);
    }

    @JsonProperty
    String file() {
        return candidate.file();
    }

    @JsonProperty
    long index() {
        return candidate.index();
    }

    @JsonProperty
    @Nullable
    String survey() {
        return candidate.alert() == null ? null : candidate.alert().survey();
    }

    @JsonProperty
    @Nullable
    String alertId() {
        return candidate.alert() == null ? candidate.id() : candidate.alert().id();
    }

    @JsonProperty
    @Nullable
    String objectId() {
        return candidate.alert() == null ? null : candidate.alert().objectId().orElse(null);
    }

    /** Null for a stamp of an array; empty if the packet has none. */
    @JsonProperty
    @Nullable
    String band() {
        return candidate.alert() == null ? null : candidate.alert().band();
    }

    /** The S/N of the detection by the survey. */
    @JsonProperty
    @Nullable
    Double signalToNoise() {
        OptionalDouble value = candidate.alert() == null
                ? OptionalDouble.empty()
                : candidate.alert().signalToNoise();
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private Optional<KnownObject> knownObject() {
        return candidate.alert() == null ? Optional.empty() : candidate.alert().knownObject();
    }

    @JsonProperty
    @Nullable
    String ssObjectId() {
        return knownObject().flatMap(KnownObject::id).orElse(null);
    }

    @JsonProperty
    @Nullable
    String knownObjectName() {
        return knownObject().flatMap(KnownObject::name).orElse(null);
    }

    @JsonProperty
    @Nullable
    Double knownObjectDistanceArcsec() {
        OptionalDouble arcsec = knownObject().map(KnownObject::distanceArcsec).orElse(OptionalDouble.empty());
        return arcsec.isPresent() ? arcsec.getAsDouble() : null;
    }

    /** Null for a stamp of an array. */
    @JsonProperty
    @Nullable
    Boolean matchesKnownObject() {
        return candidate.alert() == null
                ? null
                : knownObject().map(KnownObject::isMatch).orElse(false);
    }

    @JsonProperty
    @Nullable
    Verdict verdict() {
        return prediction == null ? null : prediction.verdict();
    }

    @JsonProperty
    @Nullable
    Abstention abstentionReason() {
        return prediction == null ? null : prediction.abstention().orElse(null);
    }

    /** What the reason concerns, such as the planes that a packet lacks. */
    @JsonProperty
    @Nullable
    String abstentionDetail() {
        return prediction instanceof Prediction.Abstained abstained
                        && !abstained.detail().isEmpty()
                ? abstained.detail()
                : null;
    }

    @JsonProperty
    @Nullable
    Float probability() {
        return prediction instanceof Prediction.Scored scored ? scored.probability() : null;
    }

    @JsonProperty
    @Nullable
    Float probabilitySpread() {
        return prediction instanceof Prediction.Scored scored && !Float.isNaN(scored.spread()) ? scored.spread() : null;
    }

    /** As in the packet, else of its flux in nJy; null for a stamp of an array. */
    @JsonProperty
    @Nullable
    Double magnitude() {
        return candidate.alert() != null && candidate.alert().magnitude().isPresent()
                ? candidate.alert().magnitude().getAsDouble()
                : null;
    }

    @JsonProperty
    @Nullable
    Float surveyScore() {
        return candidate.alert() != null && candidate.alert().surveyScore().isPresent()
                ? (float) candidate.alert().surveyScore().getAsDouble()
                : null;
    }

    @JsonProperty
    @Nullable
    CropFields crop() {
        Alert alert = candidate.alert();
        Stamp stamp = candidate.stamp();
        if (prediction == null || (alert == null && stamp == null)) {
            return null;
        }
        Crop crop = alert == null
                ? CropDescription.of(Objects.requireNonNull(stamp), prediction, stampSize)
                : CropDescription.of(alert, prediction, stampSize);
        return new CropFields(
                crop.getMethod().name(), crop.getWidth(), crop.getHeight(), crop.getMagnification(), crop.getPadded());
    }

    /** Whether the source became fainter; null for a stamp of an array. */
    @JsonProperty
    @Nullable
    Boolean negative() {
        return candidate.alert() == null ? null : candidate.alert().isNegative();
    }

    /** Whether the sign of the difference image was changed; null for a stamp of an array. */
    @JsonProperty
    @Nullable
    Boolean negated() {
        return candidate.alert() == null ? null : candidate.alert().negated();
    }

    @JsonProperty
    @Nullable
    String errorClass() {
        return candidate.failure() == null ? null : candidate.failure().errorClass();
    }

    @JsonProperty
    @Nullable
    String errorMessage() {
        return candidate.failure() == null ? null : candidate.failure().message();
    }

    /** {@link #HEADER} with a further column after the probability. */
    public static String header(String column) {
        return VERDICT_HEADER + BETWEEN + column + BETWEEN + ORIGIN_HEADER;
    }

    /** A line of aligned columns for any input; a candidate that cannot be read shows its error class as reason. */
    public String toText() {
        return verdictText() + BETWEEN + originText();
    }

    /** The same with a further value after the probability, as wide as in {@link #header}. */
    public String toText(String value) {
        return verdictText() + BETWEEN + value + BETWEEN + originText();
    }

    private String verdictText() {
        return String.format(
                Locale.ROOT,
                VERDICT_COLUMNS,
                candidate.failure() == null ? verdict() : "UNREADABLE",
                candidate.failure() == null
                        ? (text(abstentionReason()) + " " + text(abstentionDetail())).strip()
                        : errorClass(),
                text(probability()));
    }

    private String originText() {
        CropFields crop = crop();
        return String.format(
                Locale.ROOT,
                ORIGIN_COLUMNS,
                text(surveyScore()),
                crop == null ? "" : crop.method(),
                text(survey()),
                text(alertId()),
                index(),
                file());
    }

    /** A line of aligned columns for a stamp of the only array. */
    public String toArrayText() {
        return String.format(
                Locale.ROOT, ARRAY_COLUMNS, index(), verdict(), text(abstentionReason()), text(probability()));
    }

    /** The standard deviation of the probability over the views, for a further column. */
    public String spreadText() {
        return text(probabilitySpread());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String text(@Nullable Float value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.6f", value);
    }
}
