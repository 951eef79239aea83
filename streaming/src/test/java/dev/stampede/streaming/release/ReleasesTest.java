package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasesTest {
    private final ReleaseRecords topic = new ReleaseRecords();
    private final Releases releases = new Releases();

    private static ModelFile file(int number) {
        return ModelFile.of(new byte[] {(byte) number}, "file " + number);
    }

    private void send(int number, ReleaseRole role) throws UnreadableReleaseException {
        releases.add(topic.add(ReleaseRecords.release(file(number), role)));
    }

    private Optional<String> newest(ReleaseRole role) {
        return releases.newest(role).map(Release::sha256);
    }

    @Test
    void whatWasReleasedLastIsLive() throws UnreadableReleaseException {
        assertThat(newest(ReleaseRole.LIVE)).isEmpty();
        send(1, ReleaseRole.LIVE);
        send(2, ReleaseRole.LIVE);
        assertThat(newest(ReleaseRole.LIVE)).contains(file(2).sha256());
        send(1, ReleaseRole.LIVE);
        assertThat(newest(ReleaseRole.LIVE)).contains(file(1).sha256());
    }

    @Test
    void retiringTheLiveOneLeadsBackToTheOneBefore() throws UnreadableReleaseException {
        send(1, ReleaseRole.LIVE);
        send(2, ReleaseRole.LIVE);
        send(3, ReleaseRole.SHADOW);
        send(2, ReleaseRole.RETIRED);
        assertThat(newest(ReleaseRole.LIVE)).contains(file(1).sha256());
        assertThat(newest(ReleaseRole.SHADOW)).contains(file(3).sha256());
        send(1, ReleaseRole.RETIRED);
        assertThat(newest(ReleaseRole.LIVE)).isEmpty();
    }

    @Test
    void aShadowThatComesToJudgeIsNoShadowAnyMore() throws UnreadableReleaseException {
        send(1, ReleaseRole.SHADOW);
        send(1, ReleaseRole.LIVE);
        assertThat(newest(ReleaseRole.SHADOW)).isEmpty();
        assertThat(newest(ReleaseRole.LIVE)).contains(file(1).sha256());
    }

    @Test
    void aTombstoneForgetsAFile() throws UnreadableReleaseException {
        send(1, ReleaseRole.LIVE);
        releases.add(topic.add(file(1).sha256(), null));
        assertThat(releases.all()).isEmpty();
    }

    @Test
    void findsTheFirstOtherFileOfTheSameNameAndVersion() throws UnreadableReleaseException {
        ModelRelease one = ReleaseRecords.release(file(1), ReleaseRole.LIVE);
        assertThat(releases.namesake(one)).isEmpty();
        send(1, ReleaseRole.RETIRED);
        assertThat(releases.namesake(one)).as("the file itself").isEmpty();
        send(2, ReleaseRole.LIVE);
        assertThat(releases.namesake(ReleaseRecords.release(file(3), ReleaseRole.LIVE)))
                .hasValueSatisfying(other -> assertThat(other.sha256()).isEqualTo(file(1).sha256()));
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    /** A compacted topic keeps the last record of a key, and its offset. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCompactedTopicSaysTheSame(long seed) throws UnreadableReleaseException {
        Random random = new Random(seed);
        List<ReleaseRole> roles = List.of(ReleaseRole.values());
        for (int i = 0; i < 30; i++) {
            send(random.nextInt(5), roles.get(random.nextInt(roles.size())));
        }
        Map<String, ConsumerRecord<byte[], byte[]>> compacted = new HashMap<>();
        topic.all().forEach(record -> compacted.put(new String(record.key(), UTF_8), record));
        Releases after = new Releases();
        for (ConsumerRecord<byte[], byte[]> record : compacted.values()) {
            after.add(record);
        }
        assertThat(after.all()).isEqualTo(releases.all()).hasSizeBetween(3, 5);
    }

    @Test
    void refusesWhatIsNoRelease() {
        ModelRelease good = ReleaseRecords.release(file(1), ReleaseRole.LIVE);
        byte[] value = SingleObject.write(good);
        assertRefused(good.getSha256(), Arrays.copyOf(value, value.length - 1), "offset 0 of models is not a release");
        assertRefused(good.getSha256(), new byte[0], "offset 1 of models is not a release");
        assertRefused(good.getModelName(), value, "offset 2 of models has a key other than the SHA-256");
        ReleaseRecords.set(good, "content", null);
        assertRefused(good.getSha256(), SingleObject.write(good), "neither the file nor its location");
        ReleaseRecords.set(good, "content", ByteBuffer.allocate(1));
        ReleaseRecords.set(good, "sha256", "vgg6");
        assertRefused("vgg6", SingleObject.write(good), "has the invalid SHA-256 'vgg6'");
        assertThat(releases.all()).isEmpty();
    }

    private void assertRefused(String key, byte[] value, String message) {
        assertThatExceptionOfType(UnreadableReleaseException.class)
                .isThrownBy(() -> releases.add(topic.add(key, value)))
                .withMessageContaining(message);
    }

    @Test
    void aPromotionRetiresTheOldestOfManyAndTheShadowBefore() throws UnreadableReleaseException {
        for (int number = 1; number <= Promotion.LIVE_KEPT; number++) {
            send(number, ReleaseRole.LIVE);
        }
        send(9, ReleaseRole.SHADOW);
        List<ModelRelease> live =
                ReleaseRecords.PROMOTION.withRetirements(ReleaseRecords.release(file(7), ReleaseRole.LIVE), releases);
        assertThat(live).extracting(ModelRelease::getRole).containsExactly(ReleaseRole.LIVE, ReleaseRole.RETIRED);
        assertThat(live.get(1).getSha256()).isEqualTo(file(1).sha256());
        assertThat(live.get(1).getContent()).as("the file goes with its role").isNull();
        List<ModelRelease> again =
                ReleaseRecords.PROMOTION.withRetirements(ReleaseRecords.release(file(1), ReleaseRole.LIVE), releases);
        assertThat(again).as("one that is live already").hasSize(1);
        List<ModelRelease> shadow =
                ReleaseRecords.PROMOTION.withRetirements(ReleaseRecords.release(file(8), ReleaseRole.SHADOW), releases);
        assertThat(shadow).extracting(ModelRelease::getSha256).containsExactly(file(8).sha256(), file(9).sha256());
    }
}
