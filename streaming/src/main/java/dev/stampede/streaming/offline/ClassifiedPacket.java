package dev.stampede.streaming.offline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stampede.schemas.Crop;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A packet in a file with its prediction, or with the reason why it cannot be decoded. */
@JsonPropertyOrder({
    "file",
    "survey",
    "id",
    "verdict",
    "reason",
    "detail",
    "probability",
    "surveyScore",
    "fit",
    "magnification",
    "padded"
})
public record ClassifiedPacket(
        Path file,
        @JsonIgnore @Nullable Classified classified,
        @JsonIgnore @Nullable DeadLetter deadLetter) {
    private static final String COLUMNS = "%-11s  %-22s  %11s  %12s  %-10s  %-8s  %-22s  %s";

    /** The names of the columns of {@link #toText}. */
    public static final String HEADER = String.format(
            Locale.ROOT, COLUMNS, "verdict", "reason", "probability", "survey score", "fit", "survey", "id", "file");

    /** An alert and its prediction. */
    record Classified(Alert alert, Prediction prediction, Crop crop) {}

    @JsonProperty
    String survey() {
        return classified == null ? "" : classified.alert().survey();
    }

    @JsonProperty
    String id() {
        return classified == null ? "" : classified.alert().id();
    }

    @JsonProperty
    String verdict() {
        return classified == null
                ? "DEAD_LETTER"
                : classified.prediction().verdict().name();
    }

    @JsonProperty
    @Nullable
    String reason() {
        if (deadLetter != null) {
            return deadLetter.error().name();
        }
        return classified == null
                ? null
                : classified.prediction().abstention().map(Enum::name).orElse(null);
    }

    /** What the reason concerns, such as the planes that a packet lacks. */
    @JsonProperty
    @Nullable
    String detail() {
        return classified != null
                        && classified.prediction() instanceof Prediction.Abstained abstained
                        && !abstained.detail().isEmpty()
                ? abstained.detail()
                : null;
    }

    @JsonProperty
    @Nullable
    BigDecimal probability() {
        return classified != null && classified.prediction() instanceof Prediction.Scored scored
                ? decimal(scored.probability())
                : null;
    }

    @JsonProperty
    @Nullable
    BigDecimal surveyScore() {
        return classified != null && classified.alert().surveyScore().isPresent()
                ? decimal(classified.alert().surveyScore().getAsDouble())
                : null;
    }

    @JsonProperty
    @Nullable
    String fit() {
        return classified == null ? null : classified.crop().getMethod().name();
    }

    @JsonProperty
    @Nullable
    BigDecimal magnification() {
        return classified == null ? null : decimal(classified.crop().getMagnification());
    }

    @JsonProperty
    @Nullable
    Boolean padded() {
        return classified == null ? null : classified.crop().getPadded();
    }

    /** A line of aligned columns. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                COLUMNS,
                verdict(),
                (text(reason()) + " " + text(detail())).strip(),
                text(probability()),
                text(surveyScore()),
                text(fit()),
                survey(),
                id(),
                file);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable BigDecimal decimal(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).setScale(6, RoundingMode.HALF_UP) : null;
    }
}
