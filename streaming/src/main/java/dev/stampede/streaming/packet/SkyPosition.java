package dev.stampede.streaming.packet;

/**
 * The position of a candidate as reported by the survey.
 *
 * @param rightAscensionDegrees degrees, 0 to 360
 * @param declinationDegrees degrees, -90 to 90
 */
public record SkyPosition(double rightAscensionDegrees, double declinationDegrees) {}
