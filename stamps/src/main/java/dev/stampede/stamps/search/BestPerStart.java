package dev.stampede.stamps.search;

import java.util.Arrays;

/** The velocities of the highest likelihood for each start pixel. */
final class BestPerStart {
    private final int perStart;
    private final float[] likelihoods;
    private final int[] velocities;

    BestPerStart(int starts, int perStart) {
        this.perStart = perStart;
        likelihoods = new float[starts * perStart];
        velocities = new int[starts * perStart];
        Arrays.fill(velocities, -1);
    }

    /** Adds a velocity, by its index, to those of {@code start} if it is among the best; of equals the first stays. */
    void add(int start, int velocity, float likelihood) {
        int first = start * perStart;
        int place = first + perStart - 1;
        if (velocities[place] >= 0 && likelihoods[place] >= likelihood) {
            return;
        }
        while (place > first && (velocities[place - 1] < 0 || likelihoods[place - 1] < likelihood)) {
            likelihoods[place] = likelihoods[place - 1];
            velocities[place] = velocities[place - 1];
            place--;
        }
        likelihoods[place] = likelihood;
        velocities[place] = velocity;
    }

    /** The likelihood that a velocity must exceed to be among the best of {@code start}; 0 while there is room. */
    float floor(int start) {
        return likelihoods[start * perStart + perStart - 1];
    }

    /** The index of the velocity of that rank, from 0, of {@code start}; negative if there is none. */
    int velocity(int start, int rank) {
        return velocities[start * perStart + rank];
    }

    int perStart() {
        return perStart;
    }
}
