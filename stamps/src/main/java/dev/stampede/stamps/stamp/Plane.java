package dev.stampede.stamps.stamp;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one image of a stamp shows: a coadd of the exposures along a trajectory, or a cutout of one exposure. A model takes
 * an ordered list of planes.
 */
public enum Plane {
    /** The median over the exposures, pixel by pixel. */
    MEDIAN,
    /** The mean over the exposures. */
    MEAN,
    /** The sum over the exposures. */
    SUM,
    /** The mean weighted by the inverse variance of each exposure. */
    WEIGHTED,
    /** The new exposure. */
    SCIENCE,
    /** The deep reference image. */
    TEMPLATE,
    /** The new exposure minus the template. */
    DIFFERENCE;

    /** All coadds, in the order in which KBMOD writes them. */
    public static final List<Plane> COADDS =
            Arrays.stream(values()).filter(Plane::isCoadd).toList();

    /** Whether it combines many exposures. */
    public boolean isCoadd() {
        return switch (this) {
            case MEDIAN, MEAN, SUM, WEIGHTED -> true;
            case SCIENCE, TEMPLATE, DIFFERENCE -> false;
        };
    }

    /** Whether it is an image of one exposure, as the packets of surveys contain. */
    public boolean isCutout() {
        return !isCoadd();
    }

    /** The name in model files, settings and messages, such as {@code median}. */
    public String planeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The plane of that name; empty if unknown. */
    public static Optional<Plane> named(String planeName) {
        return Arrays.stream(values())
                .filter(plane -> plane.planeName().equals(planeName))
                .findAny();
    }

    /** The index of the plane that shows a source best: the difference if there is one, otherwise the first. */
    public static int clearest(List<Plane> planes) {
        return Math.max(planes.indexOf(DIFFERENCE), 0);
    }

    /** The names of {@code planes}, joined by commas. */
    public static String names(List<Plane> planes) {
        return planes.stream().map(Plane::planeName).collect(Collectors.joining(","));
    }

    /** Throws an IllegalArgumentException if there is no plane, or one twice. */
    public static void requireDistinct(List<Plane> planes) {
        if (planes.isEmpty()) {
            throw new IllegalArgumentException("a stamp needs one or more planes");
        }
        if (new HashSet<>(planes).size() != planes.size()) {
            throw new IllegalArgumentException("a plane is named twice: " + names(planes));
        }
    }
}
