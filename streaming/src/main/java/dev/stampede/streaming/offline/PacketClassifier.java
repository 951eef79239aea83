package dev.stampede.streaming.offline;

import dev.stampede.schemas.Crop;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PixelGrid;
import dev.stampede.streaming.topology.CropDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Classifies packets in files as the stream does: a verdict, or the error class of a dead letter. */
public final class PacketClassifier {
    private PacketClassifier() {}

    /**
     * Classifies files one by one.
     *
     * @param sink receives the result of each file, in order
     */
    public static void classify(List<Path> files, PacketInput input, ModelFile model, Consumer<ClassifiedPacket> sink) {
        try (StampModel classifier = StampModel.open(model);
                StampPredictor predictor = classifier.newPredictor(1)) {
            ModelContract contract = classifier.contract();
            Optional<PixelGrid> grid = PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec());
            input.requireScale(grid);
            try (AlertDecoder decoder = input.newDecoder(contract.planes(), grid)) {
                for (Path file : files) {
                    Decoded packet = decoder.decode(PacketFiles.read(file));
                    if (packet instanceof Alert alert) {
                        Prediction prediction = predict(alert, predictor);
                        Crop crop = CropDescription.of(alert, prediction, contract.stampSize());
                        sink.accept(new ClassifiedPacket(
                                file, new ClassifiedPacket.Classified(alert, prediction, crop), null));
                    } else if (packet instanceof DeadLetter letter) {
                        sink.accept(new ClassifiedPacket(file, null, letter));
                    }
                }
            }
        }
    }

    private static Prediction predict(Alert alert, StampPredictor predictor) {
        return alert.stamp()
                .map(stamp -> predictor.predict(List.of(stamp)).get(0))
                .orElseGet(() -> Prediction.Abstained.missing(alert.missing()));
    }
}
