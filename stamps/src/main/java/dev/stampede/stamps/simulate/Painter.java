package dev.stampede.stamps.simulate;

/** Paints the light of one kind of candidate into each exposure, in any unit of flux. */
interface Painter {
    /** Adds to {@code signal}, which is clear, and says what was painted and how strong it is to be made. */
    Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random);
}
