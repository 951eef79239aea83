package dev.stampede.streaming.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.packet.PacketFraming;
import dev.stampede.streaming.packet.PacketInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Describes packets, with their framing, fields and cutouts, and draws the cutouts. */
public final class PacketInspection {
    private static final int ZOOM = 4;
    private static final List<Plane> CUTOUTS =
            Arrays.stream(Plane.values()).filter(Plane::isCutout).toList();

    private final PacketInput input;
    private final SkippedFiles skipped;
    private final ContactSheet sheet = new ContactSheet("", CUTOUTS.size(), ZOOM, ColourMap.GREY);
    private int drawn;

    /** @param skipped receives the files in archives that are not read */
    public PacketInspection(PacketInput input, SkippedFiles skipped) {
        this.input = input;
        this.skipped = skipped;
    }

    /**
     * Describes each alert in {@code files}, in order, and adds its cutouts to the picture. What is damaged has one description
     * with the reason; the exception is thrown if the only file cannot be opened.
     */
    public void describe(List<Path> files, Consumer<ObjectNode> sink) {
        for (Path file : files) {
            try {
                describe(file, sink);
            } catch (FileAccessException failure) {
                if (files.size() == 1) {
                    throw failure;
                }
                sink.accept(unreadable(file.toString(), failure));
            }
        }
    }

    private void describe(Path file, Consumer<ObjectNode> sink) {
        try (PacketFile packets = PacketFile.open(file, skipped)) {
            Consumer<FileAccessException> damaged = failure -> sink.accept(unreadable(packets.name(), failure));
            for (Optional<byte[]> packet = packets.next(damaged); packet.isPresent(); packet = packets.next(damaged)) {
                SingleAlerts.of(packet.get()).forEach(alert -> sink.accept(describe(packets.name(), alert)));
            }
        }
    }

    private static ObjectNode unreadable(String file, FileAccessException failure) {
        return new ObjectMapper()
                .createObjectNode()
                .put("file", file)
                .put("errorClass", FileStamp.UNREADABLE_FILE)
                .put("errorMessage", failure.getMessage());
    }

    private ObjectNode describe(String file, byte[] value) {
        ObjectNode description = new ObjectMapper().createObjectNode();
        description.put("file", file).put("sizeBytes", value.length);
        PacketFraming.of(value, input.schemas())
                .ifPresent(framing -> description
                        .put("format", framing.format().word())
                        .put("codec", framing.codec())
                        .put("schema", framing.schema()));
        ObjectNode cutouts = new ObjectMapper().createObjectNode();
        Map<Plane, Alert> alerts = new EnumMap<>(Plane.class);
        for (Plane plane : CUTOUTS) {
            Decoded packet = decode(value, plane);
            if (packet instanceof Alert alert) {
                if (alerts.isEmpty()) {
                    describe(alert, description);
                }
                describeCutout(alert, plane, cutouts);
                alerts.put(plane, alert);
            } else if (packet instanceof DeadLetter letter) {
                cutouts.put(plane.planeName(), letter.error() + ": " + letter.message());
            }
        }
        if (!alerts.isEmpty()) {
            addRow(alerts);
        }
        description.set("cutouts", cutouts);
        return description;
    }

    private Decoded decode(byte[] value, Plane plane) {
        AlertDecoder decoder = input.newDecoder(List.of(plane));
        return decoder.decode(value);
    }

    private static void describe(Alert alert, ObjectNode description) {
        description.put("survey", alert.survey()).put("alertId", alert.id());
        alert.objectId().ifPresent(id -> description.put("objectId", id));
        alert.knownObject().ifPresent(known -> {
            known.id().ifPresent(id -> description.put("ssObjectId", id));
            known.name().ifPresent(name -> description.put("knownObjectName", name));
            known.distanceArcsec().ifPresent(arcsec -> description.put("knownObjectDistanceArcsec", arcsec));
            description.put("matchesKnownObject", known.isMatch());
        });
        alert.mjd()
                .ifPresent(mjd -> description
                        .put("mjd", mjd)
                        .put("timeScale", alert.timeScale().name()));
        description.put("band", alert.band());
        alert.position()
                .ifPresent(position -> description
                        .put("rightAscensionDegrees", position.rightAscensionDegrees())
                        .put("declinationDegrees", position.declinationDegrees()));
        alert.signalToNoise().ifPresent(value -> description.put("signalToNoise", value));
        alert.surveyScore().ifPresent(value -> description.put("surveyScore", value));
    }

    private void describeCutout(Alert alert, Plane plane, ObjectNode cutouts) {
        cutouts.put(
                plane.planeName(),
                alert.stamp()
                        .map(stamp -> alert.width() + " columns, " + alert.height() + " rows, " + masked(stamp)
                                + " masked pixels" + scale(alert))
                        .orElse("missing"));
    }

    /** One row per packet, one column per cutout. */
    private void addRow(Map<Plane, Alert> alerts) {
        for (Plane plane : CUTOUTS) {
            Optional<Alert> alert = Optional.ofNullable(alerts.get(plane));
            String caption =
                    alert.map(found -> found.survey() + " " + found.id() + ", ").orElse("no ") + plane.planeName();
            alert.flatMap(Alert::stamp)
                    .ifPresentOrElse(stamp -> sheet.add(square(stamp), caption), () -> sheet.skip(caption));
        }
        drawn++;
    }

    private static Stamp square(Stamp stamp) {
        int side = Math.max(stamp.height(), stamp.width());
        return stamp.centrePad(side, side);
    }

    private static String scale(Alert alert) {
        return alert.pixelScaleArcsec().isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", %.3f arcsec per pixel",
                        alert.pixelScaleArcsec().getAsDouble())
                : "";
    }

    /** Pixels without a value. A model also treats a difference of exactly 0 as masked. */
    private static int masked(Stamp stamp) {
        int masked = 0;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                masked += Float.isNaN(stamp.pixel(0, row, column)) ? 1 : 0;
            }
        }
        return masked;
    }

    /**
     * Draws the cutouts of all packets that were described.
     *
     * @throws StampedeException if there are none, or the file cannot be written
     */
    public void draw(Path png) {
        if (drawn == 0) {
            throw new StampedeException("Cannot draw " + png + ": the packets have no cutout.");
        }
        try {
            sheet.write(png);
        } catch (IOException e) {
            throw FileAccessException.writing(png, e);
        }
    }
}
