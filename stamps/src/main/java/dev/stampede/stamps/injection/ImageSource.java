package dev.stampede.stamps.injection;

/** Images of the sky into which light is injected, by their number. Thread-safe. */
@FunctionalInterface
public interface ImageSource {
    /** The image of that number, from 0; the same at every call. */
    Observation observe(long image);

    /**
     * One image.
     *
     * @param sky its pixels, without the candidate that it was cut out for
     * @param psf how a point source looks in it
     * @param group equal for images of the same object, which show the same sky
     */
    record Observation(SkyImage sky, PointSpread psf, long group) {}
}
