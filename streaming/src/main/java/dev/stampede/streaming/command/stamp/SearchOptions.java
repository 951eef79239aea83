package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.simulate.stack.FieldSettings;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import picocli.CommandLine.Option;

/** The images that a simulated search looks at, and what it selects. */
@OptionHeading("Search")
final class SearchOptions {
    @Option(
            names = "--search",
            required = true,
            description =
                    "Simulate stacks of images and search them: the stamps are the candidates of a shift-and-stack"
                            + " search, real, partial and false ones, with likelihood, velocity and exposure count.")
    @SuppressWarnings("UnusedVariable") // that the group is present says it
    private boolean search;

    @Option(
            names = "--image-size",
            defaultValue = "256",
            paramLabel = "PIXELS",
            description = "Rows and columns of an image, 64 to 1024.")
    private int imageSize;

    @Option(
            names = "--exposures",
            defaultValue = "16,32",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            description = "Exposures of a stack, 5 to 64.")
    private List<Integer> exposures;

    @Option(
            names = "--hours",
            defaultValue = "2.5,4.5",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            description = "Hours from the first exposure to the last, up to 24.")
    private List<Double> hours;

    @Option(
            names = "--movers",
            defaultValue = "40",
            paramLabel = "N",
            description = "Mean number of moving objects of a stack, of the S/N of --signal-to-noise.")
    private double movers;

    @Option(
            names = "--speed",
            defaultValue = "90,400",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            description = "Speeds of movers and of the search, pixels per day.")
    private List<Double> speed;

    @Option(
            names = "--half-angle",
            defaultValue = "15",
            paramLabel = "DEGREES",
            description = "Directions of movers and of the search: up to this angle from that of the stack, up to 180.")
    private double halfAngle;

    @Option(
            names = "--min-likelihood",
            defaultValue = "5",
            paramLabel = "L",
            description = "Minimum likelihood of a candidate, sum(psi) / sqrt(sum(phi)).")
    private double minLikelihood;

    @Option(
            names = "--clip",
            defaultValue = "2",
            paramLabel = "SIGMAS",
            description = "Drop exposures that differ from the median of the light curve by more than this times its"
                    + " sigmaG, as KBMOD does; Infinity drops none.")
    private double clip;

    /** @param signalToNoise of the movers: low and high */
    SearchSimulation settings(List<Plane> planes, int size, List<Double> signalToNoise) {
        requireTwo(exposures, "--exposures needs two values, such as 16,32.");
        requireTwo(hours, "--hours needs two values, such as 2.5,4.5.");
        requireTwo(speed, "--speed needs two values, such as 90,400.");
        try {
            FieldSettings fields = new FieldSettings(
                    imageSize,
                    exposures.get(0),
                    exposures.get(1),
                    hours.get(0),
                    hours.get(1),
                    movers,
                    signalToNoise.get(0),
                    signalToNoise.get(1),
                    speed.get(0),
                    speed.get(1),
                    halfAngle);
            return new SearchSimulation(fields, planes, size, minLikelihood, clip);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid search settings: " + wrong.getMessage() + ".");
        }
    }

    private static void requireTwo(List<?> values, String message) {
        if (values.size() != 2) {
            throw CommandException.usage(message);
        }
    }
}
