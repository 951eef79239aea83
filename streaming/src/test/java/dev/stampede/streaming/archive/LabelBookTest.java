package dev.stampede.streaming.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.packet.SingleObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LabelBookTest {
    private final LabelBook book = new LabelBook();

    private static Label label(String alert, Truth truth, String labeller, int second) {
        return new Label(
                alert, null, truth, LabelSource.EXPERT, labeller, Instant.ofEpochSecond(1_700_000_000L + second), null);
    }

    private void give(String alert, Truth truth, String labeller, int second) {
        book.add(SingleObject.write(label(alert, truth, labeller, second)));
    }

    @Test
    void takesTheLabelOfTheLatestTimeWhateverTheOrderTheyComeIn() {
        give("a", Truth.BOGUS, "Ada", 20);
        give("a", Truth.REAL, "Ada", 10);
        give("a", Truth.REAL, "Ben", 15);
        assertThat(book.of("a").orElseThrow().getTruth()).isEqualTo(Truth.BOGUS);
        assertThat(book.superseded()).isOne();
    }

    @Test
    void takesTheLaterRecordOfTwoOfOneTime() {
        give("a", Truth.BOGUS, "Ada", 10);
        give("a", Truth.REAL, "Ben", 10);
        assertThat(book.of("a").orElseThrow().getTruth()).isEqualTo(Truth.REAL);
    }

    @Test
    void listsWhereTwoLabellersDisagreeAtLast() {
        give("agreed", Truth.BOGUS, "Ada", 1);
        give("agreed", Truth.REAL, "Ben", 2);
        give("agreed", Truth.REAL, "Ada", 3);
        give("split", Truth.REAL, "Ada", 1);
        give("split", Truth.BOGUS, "Ben", 2);
        assertThat(book.conflicts()).containsOnlyKeys("split");
        assertThat(book.conflicts().get("split")).extracting(Label::getLabeller).containsExactly("Ada", "Ben");
    }

    @Test
    void countsWhatIsNoLabel() {
        book.add((byte[]) null);
        book.add(new byte[] {1, 2, 3});
        give("a", Truth.REAL, "Ada", 1);
        assertThat(book.unreadable()).isEqualTo(2);
        assertThat(book.read()).isOne();
        assertThat(book.of("b")).isEmpty();
    }

    @Test
    void aCellOfTheTableKeepsNoLetterThatATableKnows() {
        assertThat(ArchiveFolder.cell("a,b \"c\" 100%\n\u00e9")).isEqualTo("a%2Cb%20%22c%22%20100%25%0A\u00e9");
    }
}
