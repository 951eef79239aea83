package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.injection.DifferenceSkies;
import dev.stampede.stamps.injection.InjectionSettings;
import dev.stampede.stamps.simulate.SimulationSettings;
import java.util.List;
import picocli.CommandLine.Option;

/** Simulated difference images of single exposures. */
@OptionHeading("Difference images")
final class DifferenceOptions {
    /** An image shows a few of each kind; the stamps of an image are one group. */
    private static final int STAMPS_PER_IMAGE = 16;

    @Option(
            names = "--difference",
            required = true,
            description =
                    "Simulate difference images of single exposures: noise of the exposure and of the template, dipoles and"
                            + " rings of stars, cosmic rays, trails, detector defects, sources that became fainter.")
    @SuppressWarnings("UnusedVariable") // that the group is present says it
    private boolean difference;

    @Option(
            names = "--fwhm",
            defaultValue = "3.4,5.9",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            description = "FWHM of the PSF, pixels.")
    private List<Double> fwhm;

    @Option(
            names = "--registration-error",
            defaultValue = "0.3",
            paramLabel = "PIXELS",
            description = "Typical error of the alignment of science image and template.")
    private double registrationError;

    @Option(
            names = "--max-offset",
            defaultValue = "1.5",
            paramLabel = "PIXELS",
            description = "Maximum distance of a source from the centre of its stamp.")
    private double maxOffset;

    InjectionSettings settings(SimulationSettings stamps) {
        if (stamps.size() > DifferenceSkies.SIDE / 2) {
            throw CommandException.usage("--size must be up to " + DifferenceSkies.SIDE / 2 + " with --difference, not "
                    + stamps.size() + ".");
        }
        try {
            return new InjectionSettings(stamps, STAMPS_PER_IMAGE, maxOffset, registrationError);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid simulation settings: " + wrong.getMessage() + ".");
        }
    }

    DifferenceSkies skies(long seed) {
        if (fwhm.size() != 2) {
            throw CommandException.usage("--fwhm needs two values, such as 3.4,5.9.");
        }
        try {
            return new DifferenceSkies(fwhm.get(0), fwhm.get(1), seed);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid --fwhm: " + wrong.getMessage() + ".");
        }
    }
}
