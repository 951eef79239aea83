package dev.stampede.stamps.search;

import dev.stampede.stamps.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Small stacks with normal noise and one mover. */
final class SearchFixture {
    static final double SIGMA = 5;
    static final double PSF = 1.4;
    static final double HOUR = 1.0 / 24;

    private SearchFixture() {}

    /** Images of white noise, of a standard deviation of {@code noise} times the one that the search assumes. */
    static List<float[]> noise(int side, int exposures, double noise, long seed) {
        RandomStream random = RandomStream.of(seed, 0, 0);
        List<float[]> images = new ArrayList<>();
        for (int t = 0; t < exposures; t++) {
            float[] image = new float[side * side];
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) (noise * SIGMA * random.gaussian());
            }
            images.add(image);
        }
        return images;
    }

    /** An exposure every tenth of an hour. */
    static double days(int exposure) {
        return exposure * HOUR / 10;
    }

    static ImageStack stack(int side, List<float[]> images) {
        List<ExposureImage> exposures = new ArrayList<>();
        for (int t = 0; t < images.size(); t++) {
            exposures.add(new ExposureImage(days(t), SIGMA, PSF, images.get(t)));
        }
        return new ImageStack(side, side, exposures);
    }

    /** Adds a source of that flux at a pixel, with the point-spread function of the search. */
    static void addSource(float[] image, int side, int column, int row, double flux) {
        for (int i = 0; i < image.length; i++) {
            double squared = Math.pow(i / side - row, 2) + Math.pow(i % side - column, 2);
            image[i] += (float) (flux / (2 * Math.PI * PSF * PSF) * Math.exp(-squared / (2 * PSF * PSF)));
        }
    }

    /** Adds a source along the pixels of a trajectory. */
    static void addMover(List<float[]> images, int side, Trajectory trajectory, double flux) {
        for (int t = 0; t < images.size(); t++) {
            addSource(images.get(t), side, trajectory.columnAt(days(t)), trajectory.rowAt(days(t)), flux);
        }
    }

    /** The flux whose likelihood in that many exposures is {@code signalToNoise}: phi is 1 / (4 pi psf^2 sigma^2) each. */
    static double flux(double signalToNoise, int exposures) {
        return signalToNoise * 2 * Math.sqrt(Math.PI) * PSF * SIGMA / Math.sqrt(exposures);
    }
}
