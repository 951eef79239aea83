package dev.stampede.systemtests.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.contract.ModelFile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short form of {@code bench network}. */
@Tag("system")
class NetworkSystemTest {
    @Test
    void everyAlertHasOneOutcomeAfterPartitionsPacketLossAndAFullDisk() throws InterruptedException {
        List<String> missing = NetworkHosts.missing();
        Requirement.require(missing.isEmpty(), "network namespaces need " + String.join(", ", missing));

        NetworkResult result = NetworkRun.run(
                new NetworkSettings("classic", 50, 20, List.of(NetworkFault.values())),
                ModelFile.shipped(),
                System.err);

        assertThat(result.faults()).extracting(FaultResult::fault).containsExactly(NetworkFault.values());
        assertThat(result.faults())
                .allSatisfy(fault -> assertThat(List.of(fault.missing(), fault.duplicates(), fault.wrong()))
                        .as(fault.row())
                        .containsOnly(0L));
        assertThat(result.isKept()).isTrue();
    }
}
