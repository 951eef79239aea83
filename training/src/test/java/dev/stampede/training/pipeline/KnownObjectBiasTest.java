package dev.stampede.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.DataReading;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownObjectBiasTest {
    @TempDir
    private Path folder;

    private Path labelled(String source, int real, int bogus) throws IOException {
        Path data = Files.createDirectory(folder.resolve(source + real + "-" + bogus));
        Blobs.write(data, real, bogus, 1);
        StringBuilder truth = new StringBuilder("file,index,label_source\n");
        for (int i = 0; i < real; i++) {
            truth.append("stamps_sources.npy,")
                    .append(i)
                    .append(',')
                    .append(source)
                    .append('\n');
        }
        for (int i = 0; i < bogus; i++) {
            truth.append("stamps_noise.npy,")
                    .append(i)
                    .append(',')
                    .append(source)
                    .append('\n');
        }
        Files.writeString(data.resolve("truth.csv"), truth);
        return data;
    }

    /** The last of {@code data} is simulated. */
    private static Optional<String> bias(Path... data) {
        LabelledStamps stamps = DataFolder.read(List.of(data), DataReading.of(21));
        return KnownObjectBias.of(stamps, index -> stamps.dataSet(index) == data.length - 1);
    }

    @Test
    void refusesLabelsOfKnownObjectsAlone() throws IOException {
        Path known = labelled("KNOWN_OBJECT", 3, 0);
        Path simulated = Blobs.write(Files.createDirectory(folder.resolve("simulated")), 2, 2, 2);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> bias(known, simulated))
                .withMessageContaining("All 3 labels are of the source KNOWN_OBJECT")
                .withMessageContaining("candidates-to-label");
    }

    @Test
    void warnsIfNoOtherLabelIsReal() throws IOException {
        Path known = labelled("KNOWN_OBJECT", 3, 0);
        Path simulated = Blobs.write(Files.createDirectory(folder.resolve("simulated")), 2, 2, 2);
        assertThat(bias(known, labelled("EXPERT", 0, 4), simulated))
                .hasValueSatisfying(
                        warning -> assertThat(warning).startsWith("All 3 real labels are of the source KNOWN_OBJECT"));
        assertThat(bias(known, labelled("EXPERT", 1, 4), simulated)).isEmpty();
        assertThat(bias(labelled("FOLLOW_UP", 1, 4), simulated)).isEmpty();
    }
}
