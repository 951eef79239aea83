package dev.stampede.streaming.packet;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
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

/** Checks what the schema cannot say of a {@link StampAlert} and picks the coadds that the model looks at. One a thread. */
final class AlertAssembly {
    private final List<CoaddKind> channels;
    /** Those of the alert last assembled, which are those of the next as a rule. */
    private Set<CoaddKind> kinds = Set.of();

    AlertAssembly(List<CoaddKind> channels) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a model looks at one coadd at least");
        }
        this.channels = List.copyOf(channels);
    }

    Packet assemble(StampAlert wire) {
        if (wire.getAlertId().isEmpty()) {
            return corrupt("alertId is empty");
        }
        if (wire.getCoadds().isEmpty()) {
            return new DeadLetter(ErrorClass.MISSING_CUTOUT, "the alert brings no coadd");
        }
        Coadd first = wire.getCoadds().get(0);
        Map<CoaddKind, ByteBuffer> pixels = new EnumMap<>(CoaddKind.class);
        for (Coadd coadd : wire.getCoadds()) {
            Optional<String> fault = fault(coadd, first);
            if (fault.isPresent()) {
                return corrupt("coadd " + coadd.getKind() + fault.get());
            }
            if (pixels.put(CoaddKind.valueOf(coadd.getKind().name()), coadd.getPixels()) != null) {
                return corrupt("coadd " + coadd.getKind() + " comes twice");
            }
        }
        if (!pixels.keySet().equals(kinds)) {
            kinds = Set.copyOf(pixels.keySet());
        }
        return new Alert(
                wire.getAlertId(),
                Optional.ofNullable(wire.getObjectId()),
                wire.getSurvey(),
                wire.getBand(),
                wire.getMjd(),
                wire.getTimeScale(),
                kinds,
                first.getWidth(),
                first.getHeight(),
                stamp(pixels, first.getHeight(), first.getWidth()),
                wire.getExplain(),
                Optional.of(new SkyPosition(wire.getRightAscensionDegrees(), wire.getDeclinationDegrees())),
                wire.getLikelihood() == null ? OptionalDouble.empty() : OptionalDouble.of(wire.getLikelihood()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
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
        // Both factors are below 2^31, but 4 times their product may not fit a long.
        int bytes = coadd.getPixels().remaining();
        if (bytes % Float.BYTES != 0 || (long) width * height != bytes / Float.BYTES) {
            return Optional.of(" of " + width + "x" + height + " pixels has " + bytes + " bytes");
        }
        if (width != first.getWidth() || height != first.getHeight()) {
            return Optional.of(" has not the size of the first");
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
            // The order of bytes is a property of the view: the wire says little-endian.
            planes.add(coadd.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        return Optional.of(Stamp.read(height, width, planes));
    }
}
