package dev.stampede.streaming.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.wire.SingleObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LabelIndexTest {
    private final LabelIndex labels = new LabelIndex();

    private static Label label(String alert, Truth truth, String labeller, int second) {
        return new Label(
                alert, null, truth, LabelSource.EXPERT, labeller, Instant.ofEpochSecond(1_700_000_000L + second), null);
    }

    private void give(String alert, Truth truth, String labeller, int second) {
        labels.add(SingleObject.write(label(alert, truth, labeller, second)));
    }

    private ExportCounts counts() {
        ExportCounts counts = new ExportCounts();
        labels.count(counts);
        return counts;
    }

    @Test
    void usesTheLabelOfTheLatestTimeInAnyOrder() {
        give("a", Truth.BOGUS, "Ada", 20);
        give("a", Truth.REAL, "Ada", 10);
        give("a", Truth.REAL, "Ben", 15);
        assertThat(labels.of("a").orElseThrow().getTruth()).isEqualTo(Truth.BOGUS);
        assertThat(counts().labelsSuperseded).isOne();
    }

    @Test
    void usesTheLaterRecordOfTwoWithTheSameTime() {
        give("a", Truth.BOGUS, "Ada", 10);
        give("a", Truth.REAL, "Ben", 10);
        assertThat(labels.of("a").orElseThrow().getTruth()).isEqualTo(Truth.REAL);
    }

    @Test
    void listsDisagreementsOfTheLastLabels() {
        give("agreed", Truth.BOGUS, "Ada", 1);
        give("agreed", Truth.REAL, "Ben", 2);
        give("agreed", Truth.REAL, "Ada", 3);
        give("split", Truth.REAL, "Ada", 1);
        give("split", Truth.BOGUS, "Ben", 2);
        assertThat(labels.conflicts()).containsOnlyKeys("split");
        assertThat(labels.conflicts().get("split"))
                .extracting(Label::getLabeller)
                .containsExactly("Ada", "Ben");
    }

    @Test
    void countsRecordsThatAreNotLabels() {
        labels.add((byte[]) null);
        labels.add(new byte[] {1, 2, 3});
        give("a", Truth.REAL, "Ada", 1);
        assertThat(counts().labelsUnreadable).isEqualTo(2);
        assertThat(counts().labelsRead).isOne();
        assertThat(labels.of("b")).isEmpty();
    }
}
