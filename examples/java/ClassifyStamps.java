import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;

/** Prints a line for each stamp of an array: the verdict, and the probability or the reason of the abstention. */
public final class ClassifyStamps {
    public static void main(String[] arguments) {
        try (StampModel model = StampModel.open(ModelFile.shipped());
                StampPredictor predictor = model.newPredictor(1);
                StampFile stamps = StampFile.open(Path.of(arguments[0]))) {
            for (Stamp stamp : stamps) {
                Prediction prediction = predictor.predict(List.of(stamp)).get(0);
                Object detail = prediction instanceof Prediction.Scored scored ? scored.probability() : prediction.abstention().get();
                System.out.println(prediction.verdict() + " " + detail);
            }
        }
    }
}
