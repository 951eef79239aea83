package dev.stampede.systemtests.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.contract.ModelFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short form of {@code bench network}. */
@Tag("system")
class NetworkSystemTest {
    private static final Set<NetworkFault> PARTITIONS_OF_THE_NETWORK =
            Set.of(NetworkFault.STREAM_FROM_BROKER, NetworkFault.BROKER_FROM_BROKERS);

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
        assertThat(result.faults())
                .filteredOn(fault -> PARTITIONS_OF_THE_NETWORK.contains(fault.fault()))
                .allSatisfy(fault -> assertThat(fault.partitionStallSeconds())
                        .as(fault.row())
                        .isGreaterThan(5));
        assertThat(result.faults())
                .filteredOn(FaultResult::brokerEnded)
                .extracting(FaultResult::fault)
                .containsExactly(NetworkFault.FULL_DISK);
    }
}
