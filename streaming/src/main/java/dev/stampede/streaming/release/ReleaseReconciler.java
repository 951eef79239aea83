package dev.stampede.streaming.release;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.ReleaseFault;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.ShadowModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the active models match the releases: live is the newest LIVE release that can be loaded, or else the configured
 * model; the shadow is the newest SHADOW release. Owns the models that it opens. One thread, except for {@link #readiness}.
 */
final class ReleaseReconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseReconciler.class);
    private static final String NAME = "releases";

    private final ActiveModels models;
    private final ModelHandle configured;
    private final Duration shadowMaxDelay;
    private final ReleaseLoader loader;
    private Optional<Opened> live = Optional.empty();
    private Optional<Opened> shadow = Optional.empty();
    private Optional<Release> liveRelease = Optional.empty();
    private volatile ReleaseStatus status;
    private volatile HealthCheck readiness = new HealthCheck(NAME, true, "none read yet");

    /** A release whose model is open. */
    private record Opened(Release release, ModelHandle model) {
        boolean isOf(Release other) {
            return release.sha256().equals(other.sha256());
        }
    }

    /** @param models with the configured model as the live one */
    ReleaseReconciler(ActiveModels models, Duration shadowMaxDelay, ReleaseLoader loader) {
        this.models = models;
        this.configured = models.live();
        status = new ReleaseStatus(configured.identity().sha256(), Optional.empty(), List.of());
        this.shadowMaxDelay = shadowMaxDelay;
        this.loader = loader;
    }

    /**
     * Applies the releases, as far as they can be loaded.
     *
     * @param unreadable why the newest record of the topic cannot be decoded, if so
     */
    void reconcile(Releases releases, Optional<String> unreadable) {
        List<String> wrong = new ArrayList<>(unreadable.stream().toList());
        reconcileLive(releases, wrong);
        reconcileShadow(releases, wrong);
        loader.keepOnly(releases.all());
        status = new ReleaseStatus(
                models.live().identity().sha256(),
                shadow.map(opened -> opened.release().sha256()),
                loader.rejections(releases.all()));
        readiness = new HealthCheck(
                NAME, wrong.isEmpty(), describe() + (wrong.isEmpty() ? "" : "; rejected: ") + String.join("; ", wrong));
    }

    private void reconcileLive(Releases releases, List<String> wrong) {
        for (Release release : releases.of(ReleaseRole.LIVE)) {
            if (release.sha256().equals(models.live().identity().sha256())) {
                live = live.map(opened -> new Opened(release, opened.model()));
                liveRelease = Optional.of(release);
                return;
            }
            Optional<ModelHandle> opened =
                    isConfigured(release) ? Optional.of(configured) : loader.open(release, releases);
            if (opened.isPresent()) {
                swapTo(opened.get(), isConfigured(release) ? Optional.empty() : Optional.of(release));
                liveRelease = Optional.of(release);
                return;
            }
            loader.failureOf(release).ifPresent(wrong::add);
        }
        liveRelease = Optional.empty();
        if (models.live() != configured) {
            swapTo(configured, Optional.empty());
        }
    }

    private boolean isConfigured(Release release) {
        return release.sha256().equals(configured.identity().sha256());
    }

    private void swapTo(ModelHandle next, Optional<Release> release) {
        Optional<Opened> before = live;
        live = release.map(found -> new Opened(found, next));
        models.swapTo(next);
        before.ifPresent(opened -> opened.model().close());
        ModelIdentity model = next.identity();
        LOG.atInfo()
                .addKeyValue("name", model.name())
                .addKeyValue("version", model.version())
                .addKeyValue("sha256", model.sha256())
                .addKeyValue("released", release.isPresent())
                .log("Live model swapped");
    }

    private void reconcileShadow(Releases releases, List<String> wrong) {
        Optional<Release> wanted = releases.newest(ReleaseRole.SHADOW);
        Optional<RuntimeException> failure = models.shadowFailure();
        if (shadow.isPresent() && failure.isPresent()) {
            String cause = String.valueOf(failure.get().getMessage());
            loader.refuse(
                    shadow.get().release(),
                    new RefusedReleaseException(ReleaseFault.FAILED, "it failed while scoring: " + cause));
            closeShadow();
        }
        if (shadow.isPresent() && !wanted.map(shadow.get()::isOf).orElse(false)) {
            models.removeShadow();
            closeShadow();
        }
        if (shadow.isEmpty() && wanted.isPresent()) {
            loader.open(wanted.get(), releases).ifPresent(model -> {
                shadow = Optional.of(new Opened(wanted.get(), model));
                models.setShadow(new ShadowModel(model, shadowMaxDelay));
                LOG.atInfo().addKeyValue("release", wanted.get().describe()).log("Shadow deployed");
            });
            loader.failureOf(wanted.get()).ifPresent(wrong::add);
        }
    }

    private void closeShadow() {
        shadow.ifPresent(opened -> opened.model().close());
        shadow = Optional.empty();
    }

    private String describe() {
        ModelIdentity model = configured.identity();
        String none = "the configured model, " + model.name() + " " + model.version() + " ("
                + model.sha256().substring(0, 12) + ")";
        return "live: " + liveRelease.map(Release::describe).orElse(none)
                + shadow.map(opened -> "; shadow: " + opened.release().describe())
                        .orElse("");
    }

    /** Whether the active models are the released ones. */
    HealthCheck readiness() {
        return readiness;
    }

    /** What has become of the releases. */
    ReleaseStatus status() {
        return status;
    }

    /** Reports that the topic cannot be followed at present. */
    void failed(String cause) {
        readiness = new HealthCheck(NAME, false, describe() + "; the models topic cannot be followed: " + cause);
    }

    @Override
    public void close() {
        live.ifPresent(opened -> opened.model().close());
        closeShadow();
    }
}
