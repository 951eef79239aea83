package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.Plane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cutout from which a coadd of a model is read in the packets of surveys, which contain no coadds. Without an entry, a
 * model of one coadd takes the difference image, and a model of several cannot be served on such packets.
 *
 * @param cutouts the cutout by coadd
 */
public record PlaneMapping(Map<Plane, Plane> cutouts) {
    /** No entry. */
    public static final PlaneMapping DEFAULT = new PlaneMapping(Map.of());

    public PlaneMapping {
        cutouts.forEach((coadd, cutout) -> {
            if (!coadd.isCoadd() || !cutout.isCutout()) {
                throw new IllegalArgumentException(text(coadd, cutout)
                        + " is not COADD=CUTOUT, such as median=difference, with a coadd of median, mean, sum, weighted and"
                        + " a cutout of science, template, difference");
            }
        });
        cutouts = Map.copyOf(cutouts);
    }

    /**
     * The mapping of entries such as {@code median=difference}.
     *
     * @throws IllegalArgumentException if an entry is invalid
     */
    public static PlaneMapping parse(List<String> entries) {
        Map<Plane, Plane> cutouts = new EnumMap<>(Plane.class);
        for (String entry : entries) {
            String[] parts = entry.split("=", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(entry + " is not COADD=CUTOUT, such as median=difference");
            }
            cutouts.put(plane(parts[0]), plane(parts[1]));
        }
        return new PlaneMapping(cutouts);
    }

    private static Plane plane(String name) {
        return Plane.named(name.strip())
                .orElseThrow(() -> new IllegalArgumentException("'" + name
                        + "' is not a plane of COADD=CUTOUT; the planes are " + Plane.names(List.of(Plane.values()))));
    }

    /** The planes to read from a packet for a model of {@code planes}, in their order; a coadd without a cutout stays. */
    List<Plane> sources(List<Plane> planes) {
        return planes.stream()
                .map(plane ->
                        cutouts.getOrDefault(plane, plane.isCoadd() && planes.size() == 1 ? Plane.DIFFERENCE : plane))
                .toList();
    }

    /** The entries, joined by commas. */
    @Override
    public String toString() {
        return new TreeMap<>(cutouts)
                .entrySet().stream()
                        .map(entry -> text(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static String text(Plane coadd, Plane cutout) {
        return coadd.planeName() + "=" + cutout.planeName();
    }
}
