package dev.stampede.systemtests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import org.junit.jupiter.api.Test;

class ModelMetadataTest {
    @Test
    void anEntryOverridesTheOneOfTheModelAndIsStillVerified() {
        ModelFile strict = ModelMetadata.with(ModelFile.shipped(), "stampede.threshold", "1.0");
        try (StampModel model = StampModel.open(strict)) {
            assertThat(model.contract().threshold()).isOne();
        }
    }

    @Test
    void anEntryWithAnotherKeyChangesTheHashAlone() {
        ModelFile shipped = ModelFile.shipped();
        ModelFile copy = ModelMetadata.with(shipped, "copy", "7");
        assertThat(copy.sha256()).isNotEqualTo(shipped.sha256());
        try (StampModel model = StampModel.open(copy);
                StampModel original = StampModel.open(shipped)) {
            assertThat(model.contract().threshold())
                    .isEqualTo(original.contract().threshold());
        }
    }
}
