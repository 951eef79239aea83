package dev.stampede.stamps.npy;

import java.util.List;

/**
 * The meaning of the axes of an array, in its order, as {@code n,y,x,c}: {@code n} stamps, {@code t} exposures, {@code c}
 * planes (channels), {@code y} rows, {@code x} columns. An axis of flattened images has several letters: {@code n,yx}
 * (square images) or {@code n,cyx} (2 to 4 square planes). Without {@code n} the array is one stamp.
 *
 * @param groups the letters of each axis
 */
public record Axes(List<String> groups) {
    private static final String LETTERS = "ntcyx";
    private static final List<String> FLATTENED = List.of("yx", "cyx", "yxc");
    private static final String FORM = "name the axes in the order of the array, such as n,y,x,c or n,t,y,x: n stamps"
            + " (first, or absent for one stamp), t exposures, c planes, y rows, x columns; yx, cyx or yxc for a"
            + " flattened axis";

    /** @throws IllegalArgumentException if an axis is unknown, named twice or missing */
    public Axes {
        groups = List.copyOf(groups);
        String all = String.join("", groups);
        boolean isKnown = groups.stream()
                .allMatch(group -> group.length() == 1 ? LETTERS.contains(group) : FLATTENED.contains(group));
        if (!isKnown || all.chars().distinct().count() != all.length() || !all.contains("y") || !all.contains("x")) {
            throw new IllegalArgumentException("'" + String.join(",", groups) + "' are no axes of stamps: " + FORM);
        }
        if (all.indexOf('n') > 0) {
            throw new IllegalArgumentException("'" + String.join(",", groups)
                    + "' has the stamps in another axis than the first; save np.moveaxis(a, " + all.indexOf('n')
                    + ", 0)");
        }
    }

    /**
     * The axes in {@code text}, separated by commas.
     *
     * @throws IllegalArgumentException if it is not such a list
     */
    public static Axes of(String text) {
        return new Axes(List.of(text.strip().split("\\s*,\\s*")));
    }

    /** Whether the array has an axis of that letter. */
    boolean has(char letter) {
        return groups.stream().anyMatch(group -> group.indexOf(letter) >= 0);
    }

    @Override
    public String toString() {
        return String.join(",", groups);
    }
}
