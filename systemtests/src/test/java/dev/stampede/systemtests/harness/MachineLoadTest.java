package dev.stampede.systemtests.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineLoadTest {
    private static final long SECOND = 1_000_000_000;
    private static final String RESULTS =
            "{\"perSecond\":1,\"ratioToBound\":0.9,\"variants\":{\"a\":{\"rateRatio\":1,\"cpuRatio\":1}}}";

    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    /**
     * Two cores for 10 s: programs ran for 12 s (user 600 + nice 100 + system 300 + steal 200 ticks); of these this process
     * used 9 s and a child that has ended 1 s. The other 2 s are a tenth of 20 s.
     */
    @Test
    void othersHaveWhatIsLeftOfTheTimeOfAllPrograms() {
        MachineLoad.Moment start = MachineLoad.Moment.of(
                List.of("cpu  100 0 50 1000 10 3 2 0 0 0", "cpu0 50 0 25 500 5 1 1 0 0 0"), own(7, 5), SECOND);
        MachineLoad.Moment end = MachineLoad.Moment.of(
                List.of("cpu  700 100 350 1700 60 23 32 200 90 10", "cpu0 50 0 25 500 5 1 1 0 0 0"),
                own(67, 45),
                10 * SECOND);

        assertThat(end.othersShareSince(start)).isCloseTo(0.1, within(1e-12));
    }

    /** The line of a program whose name has a blank and a parenthesis. */
    private static String own(long endedUserTicks, long endedSystemTicks) {
        return "123 (a) b) S 1 1 1 0 -1 4194560 1 2 3 4 11 12 " + endedUserTicks + " " + endedSystemTicks + " 20 0 9";
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anIdleProcessSeesAShareBetweenNoneAndAllOfTheMachine() throws InterruptedException {
        MachineLoad load = MachineLoad.begin();
        Thread.sleep(50); // several ticks
        assertThat(load.othersShare().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void ratiosOfRatesAreLeftOutIfOthersUsedTheMachine() throws Exception {
        ObjectNode results = compared(OptionalDouble.of(0.0512));

        assertThat(results.toString())
                .isEqualTo("{\"perSecond\":1,\"variants\":{\"a\":{\"cpuRatio\":1}},\"otherProcessesShare\":0.051}");
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("5 % of the machine");
    }

    @Test
    void ratiosArePrintedOnAQuietMachine() throws Exception {
        assertThat(compared(OptionalDouble.of(0.0499)).at("/ratioToBound").asDouble())
                .isEqualTo(0.9);
        assertThat(notes.size()).isZero();
    }

    @Test
    void anUnknownLoadIsStated() throws Exception {
        assertThat(compared(OptionalDouble.empty()).has("otherProcessesShare")).isFalse();
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("not known");
    }

    private ObjectNode compared(OptionalDouble share) throws Exception {
        ObjectNode results = (ObjectNode) new ObjectMapper().readTree(RESULTS);
        return Results.compared(results, share, new PrintStream(notes, true, StandardCharsets.UTF_8));
    }
}
