package dev.stampede.streaming.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.StampQuality;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Packet;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PixelGrid;
import dev.stampede.streaming.publish.Crops;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges packets in files, each as the stream would: a verdict, or the class of error of a dead letter. */
final class PacketJudging {
    private static final StampQuality NOT_MEASURED =
            new StampQuality(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    private PacketJudging() {}

    static void judge(List<Path> files, PacketInput input, ModelFile model, PacketLines lines, PrintWriter out) {
        try (StampClassifier classifier = StampClassifier.open(model);
                Judge judge = classifier.newJudge(1)) {
            ModelContract contract = classifier.contract();
            Optional<PixelGrid> grid = PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec());
            input.demandScale(grid);
            lines.begin(out);
            try (AlertDecoder decoder = input.newDecoder(contract.channels(), grid)) {
                for (Path file : files) {
                    Packet packet = decoder.decode(PacketOptions.read(file));
                    if (packet instanceof Alert alert) {
                        Judgement judgement = judgement(alert, judge);
                        lines.print(out, file, alert, judgement, Crops.of(alert, judgement, contract.stampSize()));
                    } else if (packet instanceof DeadLetter letter) {
                        lines.print(out, file, letter);
                    }
                }
            }
        }
    }

    private static Judgement judgement(Alert alert, Judge judge) {
        return alert.stamp()
                .map(stamp -> judge.judge(List.of(stamp)).get(0))
                .orElseGet(() -> new Judgement.Abstained(Abstention.CHANNEL_MISSING, NOT_MEASURED));
    }
}
