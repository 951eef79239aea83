package dev.stampede.streaming.command;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.release.ModelFetch;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.release.Releases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promote}: releases a model to every running stream. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Proves a model here and releases it; every running stream proves it again and takes it between"
                + " two polls.")
final class PromoteCommand implements Callable<Integer> {
    private static final Duration FETCH = Duration.ofMinutes(5);

    /** What a model can be promoted to. */
    enum Role {
        /** It judges. */
        live,
        /** It scores beside the one that judges. */
        shadow
    }

    @Mixin
    private ReleaseOptions options = new ReleaseOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "A model file, vgg6 or resnet14, or the http or https URL of a file.")
    private String file;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "live",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Role role;

    @Option(
            names = "--embed",
            negatable = true,
            description = "Send the file itself with the release, or only where it is, which every instance must reach."
                    + " Default: a file of up to 960 KiB goes with the release.")
    private @Nullable Boolean embed;

    @Option(names = "--json", description = "What was released as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelFile model = read();
        Promotion promotion = options.promotion();
        ModelRelease release;
        try (StampClassifier proven = StampClassifier.open(model)) {
            release = promotion.release(
                    model,
                    proven.contract(),
                    ReleaseRole.valueOf(role.name().toUpperCase(Locale.ROOT)),
                    location(model));
        }
        Releases present = options.releases();
        List<ModelRelease> records = promotion.withRetirements(release, present);
        long offset = ReleaseSender.send(options.kafka().client(), options.topic(), records);
        tell(release, offset, records.subList(1, records.size()));
        return 0;
    }

    private ModelFile read() {
        if (!ModelFetch.isUrl(file)) {
            return ModelFile.read(Path.of(file));
        }
        try {
            return ModelFile.of(new ModelFetch(ModelFile.MAX_BYTES, FETCH).download(file, ModelFile.MAX_BYTES), file);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot fetch " + file + ": " + e.getMessage());
        }
    }

    /** Where instances fetch the file; empty where it goes with the release. */
    private Optional<String> location(ModelFile model) {
        boolean fits = model.bytes().length <= Promotion.EMBEDDED_BYTES;
        boolean embeds = embed == null ? fits && !ModelFetch.isUrl(file) : embed;
        if (embeds) {
            return Optional.empty();
        }
        boolean isName = ModelFetch.isUrl(file) || ModelFile.SHIPPED.contains(file);
        return Optional.of(
                isName ? file : Path.of(file).toAbsolutePath().normalize().toString());
    }

    private void tell(ModelRelease release, long offset, List<ModelRelease> retired) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ReleaseLines.json(release, offset));
        } else {
            out.println("Released " + release.getModelName() + " " + release.getModelVersion() + " as " + role + ", "
                    + release.getSizeBytes() + " bytes "
                    + (release.getLocation() == null ? "with the release" : "at " + release.getLocation())
                    + ", SHA-256 " + release.getSha256() + ".");
            retired.forEach(other -> out.println("Retired  " + other.getModelName() + " " + other.getModelVersion()
                    + ", SHA-256 " + other.getSha256() + "."));
            out.println("Each running stream proves it and takes it; /readyz says so, or why not.");
        }
        out.flush();
    }
}
