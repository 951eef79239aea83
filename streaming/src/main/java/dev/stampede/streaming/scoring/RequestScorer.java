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

/**
 * From the requests of a poll to the occlusion maps of all their stamps. After a swap, requests that the model before
 * has judged still come, and are explained by it until a poll has none of them. One instance a thread.
 */
final class RequestScorer implements PollScorer {
    private final Explaining explaining;
    private ModelExplainer current;
    private @Nullable ModelExplainer before;

    /** What is to be explained by one model: places among the outcomes, and what stands there. */
    private record Work(ModelExplainer by, List<Integer> places, List<Classification> verdicts, List<Stamp> stamps) {
        Work(ModelExplainer by) {
            this(by, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    RequestScorer(Explaining explaining) {
        this.explaining = explaining;
        current = explaining.newExplainer();
    }

    @Override
    public List<Outcome> score(List<byte[]> values) {
        follow();
        List<Outcome> outcomes = new ArrayList<>(values.size());
        List<Work> works = before == null ? List.of(new Work(current)) : List.of(new Work(current), new Work(before));
        for (byte[] value : values) {
            String fault = read(value, outcomes.size(), works);
            outcomes.add(new Outcome.Unexplained(fault));
        }
        works.stream().filter(work -> !work.places().isEmpty()).forEach(work -> explain(work, outcomes));
        if (works.size() == 2 && works.get(1).places().isEmpty()) {
            closeBefore();
        }
        return outcomes;
    }

    private void follow() {
        if (!current.explains(explaining.model().sha256())) {
            closeBefore();
            before = current;
            current = explaining.newExplainer();
        }
    }

    private void closeBefore() {
        if (before != null) {
            before.close();
            before = null;
        }
    }

    private void explain(Work work, List<Outcome> outcomes) {
        List<Verdict> verdicts = work.verdicts().stream()
                .map(said -> Verdict.valueOf(said.getVerdict().name()))
                .toList();
        List<Optional<OcclusionMap>> maps = explaining.explain(work.by().explainer(), work.stamps(), verdicts);
        for (int i = 0; i < maps.size(); i++) {
            Classification verdict = work.verdicts().get(i);
            outcomes.set(
                    work.places().get(i),
                    maps.get(i)
                            .<Outcome>map(map -> new Outcome.Explained(verdict, map))
                            .orElseGet(() -> new Outcome.Unexplained("the stamp cannot be judged")));
        }
    }

    /** Adds a request to the work; answers why it stays unexplained where it does. */
    private static String read(byte @Nullable [] value, int place, List<Work> works) {
        try {
            if (value == null) {
                return "the request has no value";
            }
            ExplanationRequest request = SingleObject.readExplanationRequest(value);
            Classification verdict = request.getClassification();
            for (Work work : works) {
                if (work.by().explains(verdict.getModelSha256())) {
                    work.stamps().add(stamp(request));
                    work.verdicts().add(verdict);
                    work.places().add(place);
                    return "";
                }
            }
            return "another model judged, " + verdict.getModelName() + " " + verdict.getModelVersion();
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
        closeBefore();
        current.close();
    }
}
