package dev.stampede.streaming.explain;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeHeader;
import dev.stampede.streaming.scoring.PollScorer;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the explanation attached to each request to its topic; a request without one is explained here, by itself. Keeps
 * no record after {@link #process} has returned.
 */
final class ExplanationProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ExplanationProcessor.class);

    private final RequestExplainerFactory factory;
    private final StampExplainerFactory explainers;
    private final OutputRecords output;
    private final ExplanationWriter writer;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PollScorer single;
    private boolean warned;

    ExplanationProcessor(RequestExplainerFactory factory) {
        this.factory = factory;
        explainers = factory.explainers();
        output = factory.output();
        writer = new ExplanationWriter(explainers, output.explanationRequests());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null) {
            throw new IllegalStateException("process() before init()");
        }
        Outcome outcome = OutcomeHeader.outcomeOn(record.headers()).orElseGet(() -> explainAlone(record.value()));
        if (outcome instanceof Outcome.Explained explained) {
            Classification classification = explained.classification();
            context.forward(
                    output.explanations().of(writer.explained(classification, explained.map()), record.timestamp()));
            explainers.published(classification.getVerdict() == Verdict.REAL, explained.map());
        } else if (outcome instanceof Outcome.Unexplained unexplained) {
            skip(unexplained.reason());
        }
    }

    private Outcome explainAlone(byte[] value) {
        if (single == null) {
            single = factory.newScorer();
        }
        return single.scoreRecords(List.of(AlertRecord.of(value))).get(0);
    }

    private void skip(String reason) {
        explainers.skipped();
        if (!warned) {
            warned = true; // once per task
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .log("Explanation request skipped; further ones are only counted in stampede_explanations_total");
        }
    }

    @Override
    public void close() {
        if (single != null) {
            single.close();
            single = null;
        }
    }
}
