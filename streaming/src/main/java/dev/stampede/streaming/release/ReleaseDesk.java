package dev.stampede.streaming.release;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.ReleaseFault;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.scoring.Shadow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the models that score into line with the releases: the newest LIVE one that can be taken judges, or else the
 * model that the stream was started with; the newest SHADOW one scores beside it. Owns the models that it opens. One
 * thread, but for {@link #readiness}.
 */
final class ReleaseDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseDesk.class);
    private static final String NAME = "releases";

    private final Scoring scoring;
    private final ScoringModel configured;
    private final Duration shadowOfAPoll;
    private final ReleaseTrial trial;
    private Optional<Opened> live = Optional.empty();
    private Optional<Opened> shadow = Optional.empty();
    private volatile Condition readiness = new Condition(NAME, true, "none read yet");

    /** A release whose model is open. */
    private record Opened(Release release, ScoringModel model) {
        boolean isOf(Release other) {
            return release.sha256().equals(other.sha256());
        }
    }

    /** @param scoring with the model that the stream was started with */
    ReleaseDesk(Scoring scoring, Duration shadowOfAPoll, ReleaseTrial trial) {
        this.scoring = scoring;
        this.configured = scoring.model();
        this.shadowOfAPoll = shadowOfAPoll;
        this.trial = trial;
    }

    /**
     * Does what the releases ask for, as far as it can be done.
     *
     * @param unreadable what is wrong with the newest record of the topic, where something is
     */
    void settle(Releases releases, Optional<String> unreadable) {
        List<String> wrong = new ArrayList<>(unreadable.stream().toList());
        settleLive(releases.of(ReleaseRole.LIVE), wrong);
        settleShadow(releases.newest(ReleaseRole.SHADOW), wrong);
        trial.keepOnly(releases.all());
        readiness = new Condition(
                NAME, wrong.isEmpty(), words() + (wrong.isEmpty() ? "" : "; not taken: ") + String.join("; ", wrong));
    }

    private void settleLive(List<Release> newestFirst, List<String> wrong) {
        for (Release release : newestFirst) {
            if (release.sha256().equals(scoring.model().identity().sha256())) {
                live = live.map(opened -> new Opened(release, opened.model()));
                return;
            }
            Optional<ScoringModel> opened = isConfigured(release) ? Optional.of(configured) : trial.open(release);
            if (opened.isPresent()) {
                judgeWith(opened.get(), isConfigured(release) ? Optional.empty() : Optional.of(release));
                return;
            }
            trial.failureOf(release).ifPresent(wrong::add);
        }
        if (scoring.model() != configured) {
            judgeWith(configured, Optional.empty());
        }
    }

    private boolean isConfigured(Release release) {
        return release.sha256().equals(configured.identity().sha256());
    }

    private void judgeWith(ScoringModel next, Optional<Release> release) {
        Optional<Opened> before = live;
        live = release.map(found -> new Opened(found, next));
        scoring.judgeWith(next);
        before.ifPresent(opened -> opened.model().close());
        ModelIdentity model = next.identity();
        LOG.atInfo()
                .setMessage("Another model judges")
                .addKeyValue("name", model.name())
                .addKeyValue("version", model.version())
                .addKeyValue("sha256", model.sha256())
                .addKeyValue("released", release.isPresent())
                .log();
    }

    private void settleShadow(Optional<Release> wanted, List<String> wrong) {
        Optional<RuntimeException> failure = scoring.shadowFailure();
        if (shadow.isPresent() && failure.isPresent()) {
            String cause = String.valueOf(failure.get().getMessage());
            trial.refuse(
                    shadow.get().release(),
                    new RefusedReleaseException(ReleaseFault.FAILED, "it failed while it scored: " + cause));
            closeShadow();
        }
        if (shadow.isPresent() && !wanted.map(shadow.get()::isOf).orElse(false)) {
            scoring.shadowWith(Optional.empty());
            closeShadow();
        }
        if (shadow.isEmpty() && wanted.isPresent()) {
            trial.open(wanted.get()).ifPresent(model -> {
                shadow = Optional.of(new Opened(wanted.get(), model));
                scoring.shadowWith(Optional.of(new Shadow(model, shadowOfAPoll)));
                LOG.info("The release {} scores as a shadow", wanted.get().words());
            });
            trial.failureOf(wanted.get()).ifPresent(wrong::add);
        }
    }

    private void closeShadow() {
        shadow.ifPresent(opened -> opened.model().close());
        shadow = Optional.empty();
    }

    private String words() {
        return live.map(opened -> "live: " + opened.release().words()).orElse("the model that was set judges")
                + shadow.map(opened -> "; shadow: " + opened.release().words()).orElse("");
    }

    /** Whether what was released is what scores, in words. */
    Condition readiness() {
        return readiness;
    }

    /** From now on nothing is followed any more. */
    void failed(String cause) {
        readiness = new Condition(NAME, false, words() + "; further ones are not followed: " + cause);
    }

    @Override
    public void close() {
        live.ifPresent(opened -> opened.model().close());
        closeShadow();
    }
}
