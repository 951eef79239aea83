package dev.stampede.streaming.scoring;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.SingleObject;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the requests of a poll to the occlusion maps of all their stamps. One instance a thread. */
final class RequestScorer implements PollScorer {
    private final Explaining explaining;
    private final StampExplainer explainer;

    /** What is to be explained: places among the outcomes, and what stands there. */
    private record Work(List<Integer> places, List<Classification> verdicts, List<Stamp> stamps) {}

    RequestScorer(Explaining explaining) {
        this.explaining = explaining;
        explainer = explaining.newExplainer();
    }

    @Override
    public List<Outcome> score(List<byte[]> values) {
        List<Outcome> outcomes = new ArrayList<>(values.size());
        Work work = new Work(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (byte[] value : values) {
            String fault = read(value, outcomes.size(), work);
            outcomes.add(new Outcome.Unexplained(fault));
        }
        if (!work.places().isEmpty()) {
            List<Verdict> verdicts = work.verdicts().stream()
                    .map(said -> Verdict.valueOf(said.getVerdict().name()))
                    .toList();
            List<Optional<OcclusionMap>> maps = explaining.explain(explainer, work.stamps(), verdicts);
            for (int i = 0; i < maps.size(); i++) {
                Classification verdict = work.verdicts().get(i);
                outcomes.set(
                        work.places().get(i),
                        maps.get(i)
                                .<Outcome>map(map -> new Outcome.Explained(verdict, map))
                                .orElseGet(() -> new Outcome.Unexplained("the stamp cannot be judged")));
            }
        }
        return outcomes;
    }

    /** Adds a request to the work; answers why it stays unexplained where it does. */
    private String read(byte @Nullable [] value, int place, Work work) {
        try {
            if (value == null) {
                return "the request has no value";
            }
            ExplanationRequest request = SingleObject.readExplanationRequest(value);
            Classification verdict = request.getClassification();
            if (!verdict.getModelSha256().equals(explaining.model().sha256())) {
                return "another model judged, " + verdict.getModelName() + " " + verdict.getModelVersion();
            }
            work.stamps().add(stamp(request));
            work.verdicts().add(verdict);
            work.places().add(place);
            return "";
        } catch (IOException | RuntimeException e) { // Avro meets foreign bytes with exceptions of many kinds
            return "the request cannot be read: " + e.getMessage();
        }
    }

    private static Stamp stamp(ExplanationRequest request) {
        FloatBuffer wire = request.getPixels().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] pixels = new float[wire.remaining()];
        wire.get(pixels);
        return Stamp.of(request.getChannels(), request.getHeight(), request.getWidth(), pixels);
    }

    @Override
    public void close() {
        explainer.close();
    }
}
