package dev.stampede.streaming.wire;

import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.Crop;
import dev.stampede.schemas.CropMethod;
import dev.stampede.schemas.Cutout;
import dev.stampede.schemas.CutoutKind;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Features;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.OcclusionMap;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.StampQuality;
import dev.stampede.schemas.TimeScale;
import dev.stampede.schemas.Truth;
import dev.stampede.schemas.Verdict;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;

/**
 * Binds Stampede's schemas to the classes generated from them. By default Avro looks up a class by the name in the schema,
 * and since 1.12.2 only if a system property trusts its package; an explicit list needs no system property.
 */
public final class GeneratedClasses extends SpecificData {
    private static final Map<String, Class<?>> BY_NAME = Stream.<Class<?>>of(
                    StampAlert.class,
                    Coadd.class,
                    CoaddKind.class,
                    Cutout.class,
                    CutoutKind.class,
                    TimeScale.class,
                    Classification.class,
                    Verdict.class,
                    AbstentionReason.class,
                    StampQuality.class,
                    Crop.class,
                    CropMethod.class,
                    OcclusionMap.class,
                    ExplanationRequest.class,
                    Features.class,
                    Label.class,
                    Truth.class,
                    LabelSource.class,
                    ModelRelease.class,
                    ReleaseRole.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    public GeneratedClasses() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    public Class<?> getClass(Schema schema) {
        Class<?> generated = switch (schema.getType()) {
            case RECORD, ENUM -> BY_NAME.get(schema.getFullName());
            default -> null;
        };
        return generated == null ? super.getClass(schema) : generated;
    }
}
