/** Labelled stamps from unlabelled images: sources and artefacts injected into real or simulated sky. */
@NullMarked
package dev.stampede.stamps.injection;

import org.jspecify.annotations.NullMarked;
