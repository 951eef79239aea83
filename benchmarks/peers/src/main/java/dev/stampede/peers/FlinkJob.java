package dev.stampede.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Exactly once with Flink: a source, a function that scores in batches, and a transactional sink. */
public final class FlinkJob {
    private static final long CHECKPOINT_MILLIS = 1000;

    private FlinkJob() {}

    /** Arguments as in {@link PeerOptions}. */
    public static void main(String[] arguments) throws Exception {
        PeerOptions options = PeerOptions.parse(arguments);
        // A job that fails and restarts would only look slow.
        Configuration ends = new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(ends);
        flink.setParallelism(options.threads());
        flink.enableCheckpointing(CHECKPOINT_MILLIS);
        flink.getConfig().enableObjectReuse();
        flink.fromSource(source(options), WatermarkStrategy.noWatermarks(), "alerts")
                .flatMap(new Scoring(options))
                .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .sinkTo(sink(options));
        flink.execute("stampede-peer");
    }

    private static KafkaSource<byte[]> source(PeerOptions options) {
        return KafkaSource.<byte[]>builder()
                .setBootstrapServers(options.brokers())
                .setTopics(options.input())
                .setGroupId(options.output())
                .setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "" + PeerOptions.PARTITION_FETCH_BYTES)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
                .build();
    }

    private static KafkaSink<byte[]> sink(PeerOptions options) {
        Properties producer = new Properties();
        // The default is an hour, more than a broker accepts.
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "600000");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "" + PeerOptions.PRODUCER_BATCH_BYTES);
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, "" + PeerOptions.LINGER_MILLIS);
        return KafkaSink.<byte[]>builder()
                .setBootstrapServers(options.brokers())
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(KafkaRecordSerializationSchema.<byte[]>builder()
                        .setTopic(options.output())
                        .setKafkaValueSerializer(ByteArraySerializer.class)
                        .build())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(options.output())
                .build();
    }

    /** Scores full batches; alerts that wait for more are part of the checkpoint. */
    private static final class Scoring extends RichFlatMapFunction<byte[], byte[]> implements CheckpointedFunction {
        private final PeerOptions options;
        private final ArrayList<byte[]> batch = new ArrayList<>(AlertScorer.BATCH);
        private transient @Nullable AlertScorer scorer;
        private transient @Nullable ListState<byte[]> waiting;

        Scoring(PeerOptions options) {
            this.options = options;
        }

        @Override
        public void open(OpenContext context) {
            scorer = new AlertScorer(options);
        }

        @Override
        public void flatMap(byte[] alert, Collector<byte[]> out) {
            batch.add(alert);
            if (batch.size() == AlertScorer.BATCH) {
                Objects.requireNonNull(scorer).score(batch).forEach(out::collect);
                batch.clear();
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            Objects.requireNonNull(waiting).update(List.copyOf(batch));
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            waiting = context.getOperatorStateStore()
                    .getListState(new ListStateDescriptor<>(
                            "waiting", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
            for (byte[] alert : waiting.get()) {
                batch.add(alert);
            }
        }

        @Override
        public void close() {
            if (scorer != null) {
                scorer.close();
            }
        }
    }
}
