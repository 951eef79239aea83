package dev.stampede.streaming.release;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.ModelVerificationException;
import dev.stampede.streaming.monitor.ReleaseFault;
import dev.stampede.streaming.monitor.ReleaseMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the models of releases: fetches the file, opens and verifies it and checks that it fits the stream. A failure is
 * permanent and logged once, except that an unavailable file is retried with exponential backoff. One thread.
 */
final class ReleaseLoader {
    static final long MIN_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long MAX_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseLoader.class);

    private final AlertScorerFactory scoring;
    private final ModelIdentity configured;
    private final ModelFetch fetch;
    private final ModelOpener opener;
    private final LongSupplier nanoClock;
    private final Map<Long, Failure> failures = new HashMap<>();

    /**
     * A failed attempt.
     *
     * @param backoffNanos time from {@code sinceNanos} until the next attempt; 0 for none
     */
    private record Failure(String description, long sinceNanos, long backoffNanos) {
        boolean isFinal() {
            return backoffNanos == 0;
        }
    }

    ReleaseLoader(AlertScorerFactory scoring, ModelFetch fetch, ModelOpener opener, LongSupplier nanoClock) {
        this.scoring = scoring;
        configured = scoring.model().identity();
        this.fetch = fetch;
        this.opener = opener;
        this.nanoClock = nanoClock;
    }

    /** The model of a release, for the caller to close; empty if it failed: see {@link #failureOf}. */
    Optional<ModelHandle> open(Release release, Releases present) {
        Failure before = failures.get(release.offset());
        if (before != null
                && (before.isFinal() || nanoClock.getAsLong() - before.sinceNanos() < before.backoffNanos())) {
            return Optional.empty();
        }
        try {
            requireOwnName(release, present);
            ModelHandle model = verify(release);
            failures.remove(release.offset());
            return Optional.of(model);
        } catch (RefusedReleaseException refusal) {
            refuse(release, refusal);
            return Optional.empty();
        }
    }

    /** A file may not bear the name and version of the configured model or of an earlier release. */
    private void requireOwnName(Release release, Releases present) throws RefusedReleaseException {
        ModelRelease value = release.value();
        String name = value.getModelName() + " " + value.getModelVersion();
        if (name.equals(configured.name() + " " + configured.version())
                && !value.getSha256().equals(configured.sha256())) {
            throw new RefusedReleaseException(
                    ReleaseFault.NAME_TAKEN,
                    "the configured model is another file named " + name + ", SHA-256 " + configured.sha256());
        }
        Optional<Release> earlier = present.namesake(value).filter(other -> other.offset() < release.offset());
        if (earlier.isPresent()) {
            throw new RefusedReleaseException(
                    ReleaseFault.NAME_TAKEN,
                    "another file named " + name + " was released before: "
                            + earlier.get().describe());
        }
    }

    private ModelHandle verify(Release release) throws RefusedReleaseException {
        ModelFile file = fetch.fetch(release.value());
        ModelHandle model = open(file, release.role());
        boolean fits = false;
        try {
            requireFit(model);
            fits = true;
            return model;
        } finally {
            if (!fits) {
                model.close();
            }
        }
    }

    private ModelHandle open(ModelFile file, ReleaseRole role) throws RefusedReleaseException {
        try {
            return opener.open(file, role);
        } catch (InvalidModelException e) {
            throw new RefusedReleaseException(ReleaseFault.INVALID, e);
        } catch (ModelVerificationException e) {
            throw new RefusedReleaseException(ReleaseFault.UNVERIFIED, e);
        } catch (RuntimeException e) { // the engine's
            throw new RefusedReleaseException(ReleaseFault.FAILED, e);
        }
    }

    private void requireFit(ModelHandle model) throws RefusedReleaseException {
        Optional<String> mismatch = scoring.mismatch(model.identity());
        if (mismatch.isPresent()) {
            throw new RefusedReleaseException(ReleaseFault.MISMATCH, mismatch.get());
        }
        try {
            model.reference(); // drift metrics read it later
        } catch (InvalidModelException e) {
            throw new RefusedReleaseException(ReleaseFault.INVALID, e);
        }
    }

    /** Records that a release was rejected, or dropped later. */
    void refuse(Release release, RefusedReleaseException refusal) {
        Failure before = failures.get(release.offset());
        long backoff = 0;
        if (refusal.isTransient()) {
            backoff = before == null ? MIN_BACKOFF_NANOS : Math.min(2 * before.backoffNanos(), MAX_BACKOFF_NANOS);
        }
        String description = release.describe() + ": " + refusal.getMessage() + (backoff == 0 ? "" : "; retrying");
        failures.put(release.offset(), new Failure(description, nanoClock.getAsLong(), backoff));
        if (before == null || backoff == 0) {
            ReleaseMetrics metrics = scoring.metrics().releases();
            metrics.refused(refusal.fault());
            LOG.atWarn()
                    .addKeyValue("release", release.describe())
                    .addKeyValue("reason", refusal.fault())
                    .addKeyValue("cause", refusal.getMessage())
                    .log("Release rejected; the active models stay");
        }
    }

    /** Why a release was rejected; empty if it was not, or not tried. */
    Optional<String> failureOf(Release release) {
        return Optional.ofNullable(failures.get(release.offset())).map(Failure::description);
    }

    /** The failures of {@code releases}. */
    List<ReleaseStatus.Rejection> rejections(Collection<Release> releases) {
        return releases.stream()
                .filter(release -> failures.containsKey(release.offset()))
                .map(release -> {
                    Failure failure = Objects.requireNonNull(failures.get(release.offset()));
                    return new ReleaseStatus.Rejection(release.offset(), failure.description(), !failure.isFinal());
                })
                .toList();
    }

    /** Forgets the failures of releases that are not in {@code present}. */
    void keepOnly(Collection<Release> present) {
        failures.keySet().retainAll(present.stream().map(Release::offset).toList());
    }
}
