package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/** Paints the light of one kind of candidate into each exposure, in any unit of flux. */
interface SignalPainter {
    /** Adds to {@code signal}, which is empty, and returns what was painted and the intended strength. */
    Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random);
}
