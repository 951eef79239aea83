package dev.stampede.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrashSettingsTest {
    @Test
    void oneInstanceOnOneBrokerGetsEveryKindThatItSurvivesAsOftenAsAsked() {
        assertThat(CrashSettings.events(1, 1, 2))
                .hasSize(8)
                .doesNotContain(CrashEvent.LOSE_INSTANCE, CrashEvent.LOSE_BROKER)
                .contains(CrashEvent.KILL, CrashEvent.TERMINATE, CrashEvent.JOIN_AND_LEAVE, CrashEvent.RESTART_BROKER);
    }

    @Test
    void aClusterLosesOneInstanceAndOneBroker() {
        assertThat(CrashSettings.events(3, 3, 5)).containsExactly(CrashEvent.LOSE_INSTANCE, CrashEvent.LOSE_BROKER);
    }
}
