package dev.stampede.streaming.publish;

import org.apache.avro.Schema;

/** The subject under which the schema of a topic is registered, as by the strategies of Confluent's serializers. */
public enum SubjectStrategy {
    /** {@code TOPIC-value} (TopicNameStrategy). */
    TOPIC {
        @Override
        public String subject(String topic, Schema schema) {
            return topic + "-value";
        }
    },
    /** The full name of the record (RecordNameStrategy). */
    RECORD {
        @Override
        public String subject(String topic, Schema schema) {
            return schema.getFullName();
        }
    },
    /** The topic, a hyphen and the full name of the record (TopicRecordNameStrategy). */
    TOPIC_RECORD {
        @Override
        public String subject(String topic, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    /** The subject of the values of {@code topic}, which have that schema. */
    public abstract String subject(String topic, Schema schema);
}
