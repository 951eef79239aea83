package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
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
        description =
                "Verifies a model and releases it; every running stream verifies it again and switches to it between"
                        + " two polls.")
public final class PromoteCommand implements Callable<Integer> {
    private static final Duration FETCH = Duration.ofMinutes(5);

    enum Role {
        /** Classifies the alerts. */
        live,
        /** Scores in a shadow deployment next to the live model. */
        shadow
    }

    @Mixin
    private ReleaseOptions options = new ReleaseOptions();

    @Parameters(paramLabel = "FILE", description = "Model file, vgg6, resnet14, or the HTTP(S) URL of a model file.")
    private String file;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "live",
            description = "Role of the model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Role role;

    @Option(
            names = "--embed",
            negatable = true,
            description =
                    "Embed the file in the release, or send only its location, which every instance must be able to"
                            + " read (default: embed files up to 960 KiB).")
    private @Nullable Boolean embed;

    @Option(names = "--json", description = "Print the release as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelFile model = read();
        Promotion promotion = options.promotion();
        ModelRelease release;
        try (StampModel verified = StampModel.open(model)) {
            release = promotion.release(
                    model,
                    verified.contract(),
                    ReleaseRole.valueOf(role.name().toUpperCase(Locale.ROOT)),
                    location(model));
        }
        Releases present = options.releases();
        List<ModelRelease> records = promotion.withRetirements(release, present);
        long offset = ReleaseSender.send(options.kafka().client(), options.topic(), records);
        report(release, offset, records.subList(1, records.size()));
        return 0;
    }

    private ModelFile read() {
        if (!ModelFetch.isUrl(file)) {
            return ModelFile.read(Path.of(file));
        }
        try {
            return ModelFile.of(new ModelFetch(ModelFile.MAX_BYTES, FETCH).download(file, ModelFile.MAX_BYTES), file);
        } catch (IOException e) {
            throw CommandException.failed("Cannot fetch " + file + ": " + e.getMessage());
        }
    }

    /** The location of the file; empty if it is embedded. */
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

    private void report(ModelRelease release, long offset, List<ModelRelease> retired) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Output.print(out, OutputFormat.JSON, new ReleaseRow(release, offset));
        } else {
            out.println("Released " + release.getModelName() + " " + release.getModelVersion() + " as " + role + ", "
                    + release.getSizeBytes() + " bytes "
                    + (release.getLocation() == null ? "with the release" : "at " + release.getLocation())
                    + ", SHA-256 " + release.getSha256() + ".");
            retired.forEach(other -> out.println("Retired  " + other.getModelName() + " " + other.getModelVersion()
                    + ", SHA-256 " + other.getSha256() + "."));
            out.println("Each running stream verifies it and switches to it; see /readyz of the stream.");
        }
        out.flush();
    }
}
