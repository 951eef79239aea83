package dev.stampede.streaming.packet;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.wire.ErrorClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Validates a {@link StampAlert} beyond its schema and selects the coadds that are the model's channels. Not thread-safe. */
final class AlertAssembly {
    private final List<CoaddKind> channels;
    /** The coadd kinds of the last alert, reused because the next one usually has the same. */
    private Set<CoaddKind> kinds = Set.of();

    AlertAssembly(List<CoaddKind> channels) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a model needs one or more channels");
        }
        this.channels = List.copyOf(channels);
    }

    Decoded assemble(StampAlert wire) {
        if (wire.getAlertId().isEmpty()) {
            return corrupt("alertId is empty");
        }
        if (wire.getCoadds().isEmpty()) {
            return new DeadLetter(ErrorClass.MISSING_CUTOUT, "the alert has no coadd");
        }
        Coadd first = wire.getCoadds().get(0);
        Map<CoaddKind, ByteBuffer> pixels = new EnumMap<>(CoaddKind.class);
        for (Coadd coadd : wire.getCoadds()) {
            Optional<String> fault = fault(coadd, first);
            if (fault.isPresent()) {
                return corrupt("coadd " + coadd.getKind() + fault.get());
            }
            if (pixels.put(CoaddKind.valueOf(coadd.getKind().name()), coadd.getPixels()) != null) {
                return corrupt("coadd " + coadd.getKind() + " is a duplicate");
            }
        }
        if (!pixels.keySet().equals(kinds)) {
            kinds = Set.copyOf(pixels.keySet());
        }
        OptionalDouble likelihood =
                wire.getLikelihood() == null ? OptionalDouble.empty() : OptionalDouble.of(wire.getLikelihood());
        return Alert.builder(wire.getAlertId(), wire.getSurvey())
                .objectId(Optional.ofNullable(wire.getObjectId()))
                .observation(wire.getBand(), wire.getMjd(), wire.getTimeScale())
                .position(Optional.of(new SkyPosition(wire.getRightAscensionDegrees(), wire.getDeclinationDegrees())))
                .coadds(kinds)
                .image(first.getWidth(), first.getHeight(), stamp(pixels, first.getHeight(), first.getWidth()))
                .scores(likelihood, OptionalDouble.empty())
                .explain(wire.getExplain())
                .build();
    }

    private static DeadLetter corrupt(String message) {
        return DeadLetter.of(ErrorClass.CORRUPT_AVRO, message);
    }

    private static Optional<String> fault(Coadd coadd, Coadd first) {
        int width = coadd.getWidth();
        int height = coadd.getHeight();
        if (width < 1 || height < 1) {
            return Optional.of(" has " + width + " columns and " + height + " rows");
        }
        // Both factors are below 2^31, but 4 times their product may overflow a long.
        int bytes = coadd.getPixels().remaining();
        if (bytes % Float.BYTES != 0 || (long) width * height != bytes / Float.BYTES) {
            return Optional.of(" of " + width + "x" + height + " pixels has " + bytes + " bytes");
        }
        if (width != first.getWidth() || height != first.getHeight()) {
            return Optional.of(" differs in size from the first");
        }
        return Optional.empty();
    }

    private Optional<Stamp> stamp(Map<CoaddKind, ByteBuffer> coadds, int height, int width) {
        if (!coadds.keySet().containsAll(channels)) {
            return Optional.empty();
        }
        List<FloatBuffer> planes = new ArrayList<>(channels.size());
        for (CoaddKind channel : channels) {
            ByteBuffer coadd = Objects.requireNonNull(coadds.get(channel));
            // The byte order is a property of the view; the format is little-endian.
            planes.add(coadd.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        return Optional.of(Stamp.read(height, width, planes));
    }
}
