package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Combines the exposures of a stack, pixel by pixel, over those in which the pixel is good; exactly 0 if none is. */
final class Coadder {
    private final float[] values;
    private float[] pixels = new float[0];

    Coadder(StackShape shape) {
        values = new float[shape.maxExposures()];
    }

    Stamp coadd(List<Plane> kinds, ExposureStack stack, TrajectoryWindow window) {
        int size = stack.shape.size();
        int side = stack.shape.side();
        if (pixels.length != kinds.size() * size * size) {
            pixels = new float[kinds.size() * size * size];
        }
        for (int plane = 0; plane < kinds.size(); plane++) {
            Plane kind = kinds.get(plane);
            for (int i = 0; i < size * size; i++) {
                int at = i / size * side + i % size;
                pixels[plane * size * size + i] = switch (kind) {
                    case MEDIAN -> median(stack, window, at);
                    case MEAN -> mean(stack, window, at);
                    case SUM -> sum(stack, window, at);
                    case WEIGHTED -> weighted(stack, window, at);
                    case SCIENCE, TEMPLATE, DIFFERENCE -> throw new IllegalArgumentException(kind + " is no coadd");
                };
            }
        }
        return Stamp.of(kinds.size(), size, size, pixels);
    }

    /** The middle value, or the mean of the two middle ones. */
    private float median(ExposureStack stack, TrajectoryWindow window, int at) {
        int count = 0;
        for (int t = 0; t < stack.exposures; t++) {
            int index = window.origin[t] + at;
            if (!stack.masked[index]) {
                // Insertion sort is the fastest for some twenty values.
                float value = stack.pixels[index];
                int place = count++;
                while (place > 0 && values[place - 1] > value) {
                    values[place] = values[place - 1];
                    place--;
                }
                values[place] = value;
            }
        }
        if (count == 0) {
            return 0;
        }
        return count % 2 == 1 ? values[count / 2] : (float) (((double) values[count / 2 - 1] + values[count / 2]) / 2);
    }

    private static float sum(ExposureStack stack, TrajectoryWindow window, int at) {
        double total = 0;
        for (int t = 0; t < stack.exposures; t++) {
            int index = window.origin[t] + at;
            total += stack.masked[index] ? 0 : stack.pixels[index];
        }
        return (float) total;
    }

    private static float mean(ExposureStack stack, TrajectoryWindow window, int at) {
        double total = 0;
        int count = 0;
        for (int t = 0; t < stack.exposures; t++) {
            int index = window.origin[t] + at;
            if (!stack.masked[index]) {
                total += stack.pixels[index];
                count++;
            }
        }
        return count == 0 ? 0 : (float) (total / count);
    }

    private static float weighted(ExposureStack stack, TrajectoryWindow window, int at) {
        double total = 0;
        double weights = 0;
        for (int t = 0; t < stack.exposures; t++) {
            int index = window.origin[t] + at;
            if (!stack.masked[index]) {
                double weight = 1 / (stack.sigma[t] * stack.sigma[t]);
                total += weight * stack.pixels[index];
                weights += weight;
            }
        }
        return weights == 0 ? 0 : (float) (total / weights);
    }
}
