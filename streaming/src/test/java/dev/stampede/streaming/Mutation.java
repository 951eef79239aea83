package dev.stampede.streaming;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Breaks a good value a little, as a fault of a program or of memory might. */
public final class Mutation {
    /** Where the fields of an alert and the header of a container file are. */
    private static final int[] REACHES = {100, 3000, Integer.MAX_VALUE};

    private Mutation() {}

    /** A copy with some bytes flipped, overwritten, cut off or added; mostly near the start, where the structure is. */
    public static byte[] of(byte[] good, RandomGenerator random) {
        byte[] value = good.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && value.length > 0; times--) {
            int at = random.nextInt(Math.min(REACHES[random.nextInt(REACHES.length)], value.length));
            switch (random.nextInt(7)) {
                case 0 -> value = Arrays.copyOf(value, at + 1);
                case 1 -> value = Arrays.copyOf(value, value.length + random.nextInt(20));
                case 2 -> value[at] = (byte) 0xFF; // the longest varints, so absurd lengths
                case 3, 4, 5 -> value[at] = (byte) random.nextInt();
                default -> value[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return value;
    }
}
