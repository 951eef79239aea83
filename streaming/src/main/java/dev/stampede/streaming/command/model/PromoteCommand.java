package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.DownloadException;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.kafka.TopicWriteException;
import dev.stampede.streaming.release.ModelFetch;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.release.ReleaseWait;
import dev.stampede.streaming.release.Releases;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
@Example("promote next.onnx --as shadow")
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

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "Model: " + ModelFile.NAMES + ", a file, or the HTTP(S) URL of a file.")
    private String file;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "live",
            description = "Role of the model: ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Option(
            names = "--embed",
            negatable = true,
            description =
                    "Embed the file in the release; --no-embed sends only its location, which every instance must be able"
                            + " to read (default: embed a file of up to 960 KiB, send a URL as it is).")
    private @Nullable Boolean embed;

    @Option(names = "--json", description = "Print the release as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Optional<ReleaseWait> wait = waiting.requested();
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
        requireOwnName(release, present);
        List<ModelRelease> records = promotion.withRetirements(release, present);
        long offset = send(release, records);
        report(release, offset, records.subList(1, records.size()));
        if (wait.isPresent()) {
            wait.get().await(release, offset, stream -> System.err.println("Applied by " + stream + "."));
        }
        return 0;
    }

    private long send(ModelRelease release, List<ModelRelease> records) {
        try {
            return ReleaseSender.send(options.kafka().client(), options.topic(), records);
        } catch (TopicWriteException failure) {
            if (release.getContent() == null || !(failure.getCause() instanceof RecordTooLargeException)) {
                throw failure;
            }
            throw CommandException.failed(failure.getMessage() + " The release embeds a model file of "
                    + release.getSizeBytes() + " bytes: release it by a path or URL that every stream can read, with"
                    + " --no-embed.");
        }
    }

    /** Classifications of two files that have one name and version could not be distinguished. */
    private void requireOwnName(ModelRelease release, Releases present) {
        String name = release.getModelName() + " " + release.getModelVersion();
        present.namesake(release).ifPresent(other -> {
            throw nameTaken(
                    name, "released on " + options.topic() + " at offset " + other.offset(), other.sha256(), release);
        });
        for (String shipped : ModelFile.SHIPPED) {
            ModelFile known = ModelFile.read(Path.of(shipped));
            if (shipped.equals(release.getModelName())
                    && !known.sha256().equals(release.getSha256())
                    && isNamed(known, release)) {
                throw nameTaken(name, "shipped with Stampede", known.sha256(), release);
            }
        }
    }

    private static boolean isNamed(ModelFile known, ModelRelease release) {
        try (StampModel model = StampModel.open(known)) {
            return model.contract().modelName().equals(release.getModelName())
                    && model.contract().modelVersion().equals(release.getModelVersion());
        }
    }

    private static CommandException nameTaken(String name, String where, String sha256, ModelRelease release) {
        return CommandException.failed("Another file is already named " + name + ": SHA-256 " + sha256 + ", " + where
                + ". This file has SHA-256 " + release.getSha256()
                + ". Give the model another version: --model-version of train, retrain and set-drift-reference.");
    }

    private ModelFile read() {
        if (!ModelFetch.isUrl(file)) {
            return ModelFile.read(Path.of(file));
        }
        try {
            return ModelFile.of(new ModelFetch(ModelFile.MAX_BYTES, FETCH).download(file, ModelFile.MAX_BYTES), file);
        } catch (DownloadException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
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
            out.println("Each running stream verifies it and switches to it: --wait waits for that, and /readyz of the"
                    + " stream shows it.");
        }
        out.flush();
    }
}
