package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Packet;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.Wrapping;
import dev.stampede.streaming.survey.CutoutKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is in a packet: its wrapping, the fields that were found, its cutouts; and a picture of those. */
final class PacketInspection {
    private static final int ZOOM = 4;

    private final PacketInput input;
    private final ContactSheet sheet = new ContactSheet("", CutoutKind.values().length, ZOOM, ColourMap.GREY);
    private int drawn;

    PacketInspection(PacketInput input) {
        this.input = input;
    }

    /** Describes one packet, and adds its cutouts to the picture. */
    ObjectNode describe(Path file) {
        byte[] value = PacketOptions.read(file);
        ObjectNode description = new ObjectMapper().createObjectNode();
        description.put("file", file.toString()).put("sizeBytes", value.length);
        Wrapping.of(value, input.schemas())
                .ifPresent(wrapping -> description
                        .put("format", wrapping.format().word())
                        .put("codec", wrapping.codec())
                        .put("schema", wrapping.schema()));
        ObjectNode cutouts = new ObjectMapper().createObjectNode();
        Map<CutoutKind, Alert> alerts = new EnumMap<>(CutoutKind.class);
        for (CutoutKind kind : CutoutKind.values()) {
            Packet packet = decode(value, kind);
            if (packet instanceof Alert alert) {
                if (alerts.isEmpty()) {
                    describe(alert, description);
                }
                describeCutout(alert, kind, cutouts);
                alerts.put(kind, alert);
            } else if (packet instanceof DeadLetter letter) {
                cutouts.put(word(kind), letter.error() + ": " + letter.message());
            }
        }
        if (!alerts.isEmpty()) {
            addRow(alerts);
        }
        description.set("cutouts", cutouts);
        return description;
    }

    private Packet decode(byte[] value, CutoutKind kind) {
        try (AlertDecoder decoder = input.judging(kind).newDecoder(List.of(CoaddKind.MEDIAN))) {
            return decoder.decode(value);
        }
    }

    private static void describe(Alert alert, ObjectNode description) {
        description.put("survey", alert.survey()).put("id", alert.id());
        alert.objectId().ifPresent(id -> description.put("objectId", id));
        description
                .put("mjd", alert.mjd())
                .put("timeScale", alert.timeScale().name())
                .put("band", alert.band());
        alert.position()
                .ifPresent(position -> description
                        .put("rightAscensionDegrees", position.rightAscensionDegrees())
                        .put("declinationDegrees", position.declinationDegrees()));
        alert.signalToNoise().ifPresent(value -> description.put("signalToNoise", value));
        alert.surveyScore().ifPresent(value -> description.put("surveyScore", value));
    }

    private void describeCutout(Alert alert, CutoutKind kind, ObjectNode cutouts) {
        alert.stamp().ifPresent(stamp -> {
            cutouts.put(
                    word(kind),
                    alert.width() + " columns, " + alert.height() + " rows, " + (masked(stamp) - padding(alert, stamp))
                            + " masked pixels" + scale(alert));
        });
    }

    /** A packet a row, a kind of cutout a column. */
    private void addRow(Map<CutoutKind, Alert> alerts) {
        for (CutoutKind kind : CutoutKind.values()) {
            Optional<Alert> alert = Optional.ofNullable(alerts.get(kind));
            String caption =
                    alert.map(found -> found.survey() + " " + found.id() + ", ").orElse("no ") + word(kind);
            alert.flatMap(Alert::stamp).ifPresentOrElse(stamp -> sheet.add(stamp, caption), () -> sheet.skip(caption));
        }
        drawn++;
    }

    private static String scale(Alert alert) {
        return alert.pixelScaleArcsec().isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", %.3f arcsec a pixel",
                        alert.pixelScaleArcsec().getAsDouble())
                : "";
    }

    /** Pixels without a value; a difference of exactly 0 counts as one where the model judges. */
    private static int masked(Stamp stamp) {
        int masked = 0;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                masked += Float.isNaN(stamp.pixel(0, row, column)) ? 1 : 0;
            }
        }
        return masked;
    }

    private static int padding(Alert alert, Stamp stamp) {
        return stamp.width() * stamp.height() - alert.width() * alert.height();
    }

    private static String word(CutoutKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Draws the cutouts of all packets described so far, a packet a row. */
    void draw(Path png) {
        if (drawn == 0) {
            throw CommandFailure.failed("There is no cutout to draw in " + png + ".");
        }
        try {
            sheet.write(png);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot write " + png + ": " + e.getMessage() + ".");
        }
    }
}
