package dev.stampede.streaming.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.ExplanationWriter;
import dev.stampede.streaming.scoring.Explaining;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeHeader;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.RequestScoring;
import java.util.Collections;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the explanation that rides on each request to its topic; a request that carries none is explained here, alone.
 * Holds nothing once {@link #process} has returned.
 */
final class ExplanationProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ExplanationProcessor.class);

    private final RequestScoring scoring;
    private final Explaining explaining;
    private final ExplanationWriter writer;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PollScorer single;
    private boolean warned;

    ExplanationProcessor(RequestScoring scoring) {
        this.scoring = scoring;
        explaining = scoring.explaining();
        writer = new ExplanationWriter(explaining);
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
            byte[] key = explained.verdict().getAlertId().getBytes(UTF_8);
            byte[] value = SingleObject.write(writer.explained(explained.verdict(), explained.map()));
            context.forward(new Record<>(key, value, record.timestamp(), new RecordHeaders()));
            explaining.published(explained.verdict().getVerdict() == Verdict.REAL, explained.map());
        } else if (outcome instanceof Outcome.Unexplained unexplained) {
            skip(unexplained.reason());
        }
    }

    private Outcome explainAlone(byte[] value) {
        if (single == null) {
            single = scoring.newScorer();
        }
        return single.score(Collections.singletonList(value)).get(0); // List.of would refuse a null value
    }

    private void skip(String reason) {
        explaining.skipped();
        if (!warned) {
            warned = true; // once a task: the counter tells the rest
            LOG.warn("A request is not explained: {}; stampede_explanations_total counts further ones", reason);
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
