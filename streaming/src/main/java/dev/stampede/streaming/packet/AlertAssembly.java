package dev.stampede.streaming.packet;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.Cutout;
import dev.stampede.schemas.CutoutKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.survey.KnownObject;
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
import org.jspecify.annotations.Nullable;

/** Validates a {@link StampAlert} beyond its schema and selects the planes of the model. Not thread-safe. */
final class AlertAssembly {
    private final List<Plane> planes;
    private final StampFit fit;

    AlertAssembly(List<Plane> planes, StampFit fit) {
        Plane.requireDistinct(planes);
        this.planes = List.copyOf(planes);
        this.fit = fit;
    }

    /** An image of an alert, coadd or cutout. */
    private record Image(Plane plane, int width, int height, ByteBuffer pixels) {
        static Image of(Coadd coadd) {
            Plane plane = Plane.valueOf(coadd.getKind().name());
            return new Image(plane, coadd.getWidth(), coadd.getHeight(), coadd.getPixels());
        }

        static Image of(Cutout cutout) {
            Plane plane = Plane.valueOf(cutout.getKind().name());
            return new Image(plane, cutout.getWidth(), cutout.getHeight(), cutout.getPixels());
        }

        Optional<String> fault(Image first) {
            if (width < 1 || height < 1) {
                return Optional.of(" has " + width + " columns and " + height + " rows");
            }
            // Both factors are below 2^31, but 4 times their product may overflow a long.
            int bytes = pixels.remaining();
            if (bytes % Float.BYTES != 0 || (long) width * height != bytes / Float.BYTES) {
                return Optional.of(" of " + width + "x" + height + " pixels has " + bytes + " bytes");
            }
            if (width != first.width || height != first.height) {
                return Optional.of(" differs in size from the first image");
            }
            return Optional.empty();
        }
    }

    Decoded assemble(StampAlert wire) {
        if (wire.getAlertId().isBlank()) {
            return new DeadLetter(ErrorClass.MISSING_FIELD, "alertId is blank");
        }
        if ((wire.getRightAscensionDegrees() == null) != (wire.getDeclinationDegrees() == null)) {
            return new DeadLetter(
                    ErrorClass.MISSING_FIELD, "one of rightAscensionDegrees and declinationDegrees is null");
        }
        List<Image> images = images(wire);
        Map<Plane, ByteBuffer> pixels = new EnumMap<>(Plane.class);
        for (Image image : images) {
            Optional<String> fault = image.fault(images.get(0));
            if (fault.isPresent()) {
                return corrupt("the image " + image.plane() + fault.get());
            }
            if (pixels.put(image.plane(), image.pixels()) != null) {
                return corrupt("the image " + image.plane() + " is a duplicate");
            }
        }
        Alert.Builder alert = Alert.builder(wire.getAlertId(), wire.getSurvey())
                .objectId(Optional.ofNullable(wire.getObjectId()))
                .knownObject(knownObject(wire))
                .observation(wire.getBand(), optional(wire.getMjd()), wire.getTimeScale())
                .position(position(wire))
                .scores(optional(wire.getLikelihood()), OptionalDouble.empty())
                .explain(wire.getExplain());
        List<Plane> missing =
                planes.stream().filter(plane -> !pixels.containsKey(plane)).toList();
        Optional<Abstained> outOfDomain = fit.abstention(wire.getSurvey());
        if (outOfDomain.isPresent()) {
            alert.abstention(outOfDomain.get());
        } else if (!missing.isEmpty()) {
            alert.abstention(Abstained.missing(missing));
        } else {
            Image first = images.get(0);
            alert.image(first.width(), first.height())
                    .stamp(stamp(pixels, first.height(), first.width()).withFeatures(SearchFields.of(wire)));
        }
        return alert.build();
    }

    private static List<Image> images(StampAlert wire) {
        List<Image> images = new ArrayList<>(wire.getCoadds().size());
        wire.getCoadds().forEach(coadd -> images.add(Image.of(coadd)));
        for (Cutout cutout : wire.getCutouts() == null ? List.<Cutout>of() : wire.getCutouts()) {
            if (cutout.getKind() != CutoutKind.OTHER) { // of a newer schema
                images.add(Image.of(cutout));
            }
        }
        return images;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** A producer names only the object that the candidate is. */
    private static Optional<KnownObject> knownObject(StampAlert wire) {
        Optional<String> id = Optional.ofNullable(wire.getSsObjectId()).filter(text -> !text.isBlank());
        Optional<String> name = Optional.ofNullable(wire.getKnownObjectName()).filter(text -> !text.isBlank());
        return id.isEmpty() && name.isEmpty()
                ? Optional.empty()
                : Optional.of(new KnownObject(id, name, optional(wire.getKnownObjectDistanceArcsec()), true));
    }

    private static Optional<SkyPosition> position(StampAlert wire) {
        Double rightAscension = wire.getRightAscensionDegrees();
        Double declination = wire.getDeclinationDegrees();
        return rightAscension == null || declination == null
                ? Optional.empty()
                : Optional.of(new SkyPosition(rightAscension, declination));
    }

    private static DeadLetter corrupt(String message) {
        return DeadLetter.of(ErrorClass.CORRUPT_AVRO, message);
    }

    private Stamp stamp(Map<Plane, ByteBuffer> images, int height, int width) {
        List<FloatBuffer> buffers = new ArrayList<>(planes.size());
        for (Plane plane : planes) {
            ByteBuffer image = Objects.requireNonNull(images.get(plane));
            // The byte order is a property of the view; the format is little-endian.
            buffers.add(image.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        return Stamp.read(height, width, buffers);
    }
}
