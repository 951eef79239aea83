package dev.stampede.peers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Spark Structured Streaming in micro-batches: at least once, since its sink for Kafka has no transactions. Each worker
 * thread keeps its model.
 */
public final class SparkJob {
    /** Alerts of a micro-batch: about two seconds of work. */
    private static final long MICRO_BATCH = 100_000;

    private static final ThreadLocal<@Nullable AlertScorer> SCORER = new ThreadLocal<>();

    private SparkJob() {}

    /** Arguments as in {@link PeerOptions}. */
    public static void main(String[] arguments) throws Exception {
        PeerOptions options = PeerOptions.parse(arguments);
        SparkSession spark = SparkSession.builder()
                .master("local[" + options.threads() + "]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        Dataset<byte[]> alerts = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", options.brokers())
                .option("subscribe", options.input())
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", MICRO_BATCH)
                .option("kafka.max.partition.fetch.bytes", PeerOptions.PARTITION_FETCH_BYTES)
                .load()
                .select("value")
                .as(Encoders.BINARY());
        alerts.mapPartitions(
                        (MapPartitionsFunction<byte[], byte[]>) partition -> new Results(partition, options),
                        Encoders.BINARY())
                .toDF("value")
                .writeStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", options.brokers())
                .option("topic", options.output())
                .option("kafka.batch.size", PeerOptions.PRODUCER_BATCH_BYTES)
                .option("kafka.linger.ms", PeerOptions.LINGER_MILLIS)
                .option("checkpointLocation", options.folder())
                .start()
                .awaitTermination();
    }

    /** The results of the alerts of a partition, scored in batches. */
    private static final class Results implements Iterator<byte[]> {
        private final Iterator<byte[]> alerts;
        private final AlertScorer scorer;
        private Iterator<byte[]> scored = List.<byte[]>of().iterator();

        Results(Iterator<byte[]> alerts, PeerOptions options) {
            this.alerts = alerts;
            AlertScorer own = SCORER.get();
            if (own == null) {
                own = new AlertScorer(options);
                SCORER.set(own);
            }
            this.scorer = own;
        }

        @Override
        public boolean hasNext() {
            return scored.hasNext() || alerts.hasNext();
        }

        @Override
        public byte[] next() {
            if (!scored.hasNext()) {
                List<byte[]> batch = new ArrayList<>(AlertScorer.BATCH);
                while (alerts.hasNext() && batch.size() < AlertScorer.BATCH) {
                    batch.add(alerts.next());
                }
                scored = scorer.score(batch).iterator();
            }
            return scored.next();
        }
    }
}
