package dev.stampede.streaming.release;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.UnprovenModelException;
import dev.stampede.streaming.observe.ReleaseFault;
import dev.stampede.streaming.observe.ReleaseMetrics;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries releases: fetches the file, opens and proves it, and sees that it fits the stream. Each is tried once, and said
 * once, for good; only one whose file is away is tried again, ever less often. One thread.
 */
final class ReleaseTrial {
    static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseTrial.class);

    private final Scoring scoring;
    private final ModelFetch fetch;
    private final ModelOpening opening;
    private final LongSupplier nanoClock;
    private final Map<Long, Failure> failures = new HashMap<>();

    /**
     * What became of a release.
     *
     * @param waitNanos until it is tried again, from {@code sinceNanos} on; 0 for never
     */
    private record Failure(String words, long sinceNanos, long waitNanos) {
        boolean isFinal() {
            return waitNanos == 0;
        }
    }

    ReleaseTrial(Scoring scoring, ModelFetch fetch, ModelOpening opening, LongSupplier nanoClock) {
        this.scoring = scoring;
        this.fetch = fetch;
        this.opening = opening;
        this.nanoClock = nanoClock;
    }

    /** The model of a release, for the caller to close; empty where it failed, and {@link #failureOf} says why. */
    Optional<ScoringModel> open(Release release) {
        Failure before = failures.get(release.offset());
        if (before != null && (before.isFinal() || nanoClock.getAsLong() - before.sinceNanos() < before.waitNanos())) {
            return Optional.empty();
        }
        try {
            ScoringModel model = prove(release);
            failures.remove(release.offset());
            return Optional.of(model);
        } catch (RefusedReleaseException refusal) {
            refuse(release, refusal);
            return Optional.empty();
        }
    }

    private ScoringModel prove(Release release) throws RefusedReleaseException {
        ModelFile file = fetch.fetch(release.said());
        ScoringModel model = open(file, release.role());
        boolean fits = false;
        try {
            demandFit(model);
            fits = true;
            return model;
        } finally {
            if (!fits) {
                model.close();
            }
        }
    }

    private ScoringModel open(ModelFile file, ReleaseRole role) throws RefusedReleaseException {
        try {
            return opening.open(file, role);
        } catch (InvalidModelException e) {
            throw new RefusedReleaseException(ReleaseFault.INVALID, e);
        } catch (UnprovenModelException e) {
            throw new RefusedReleaseException(ReleaseFault.UNPROVEN, e);
        } catch (RuntimeException e) { // the engine's
            throw new RefusedReleaseException(ReleaseFault.FAILED, e);
        }
    }

    private void demandFit(ScoringModel model) throws RefusedReleaseException {
        Optional<String> misfit = scoring.misfit(model.identity());
        if (misfit.isPresent()) {
            throw new RefusedReleaseException(ReleaseFault.MISFIT, misfit.get());
        }
        try {
            model.reference(); // what watches the population reads it later
        } catch (InvalidModelException e) {
            throw new RefusedReleaseException(ReleaseFault.INVALID, e);
        }
    }

    /** The release is not taken, or no longer. */
    void refuse(Release release, RefusedReleaseException refusal) {
        Failure before = failures.get(release.offset());
        long wait = 0;
        if (refusal.mayPass()) {
            wait = before == null ? FIRST_WAIT_NANOS : Math.min(2 * before.waitNanos(), LONGEST_WAIT_NANOS);
        }
        String words = release.words() + ": " + refusal.getMessage() + (wait == 0 ? "" : "; it is tried again");
        failures.put(release.offset(), new Failure(words, nanoClock.getAsLong(), wait));
        if (before == null || wait == 0) {
            ReleaseMetrics metrics = scoring.metrics().releases();
            metrics.refused(refusal.fault());
            LOG.atWarn()
                    .setMessage("A release is not taken; what scored before goes on")
                    .addKeyValue("release", release.words())
                    .addKeyValue("reason", refusal.fault())
                    .addKeyValue("cause", refusal.getMessage())
                    .log();
        }
    }

    /** Why a release was not taken, in words; empty where it was, or was not tried. */
    Optional<String> failureOf(Release release) {
        return Optional.ofNullable(failures.get(release.offset())).map(Failure::words);
    }

    /** Forgets releases that are none of {@code present}. */
    void keepOnly(Collection<Release> present) {
        failures.keySet().retainAll(present.stream().map(Release::offset).toList());
    }
}
