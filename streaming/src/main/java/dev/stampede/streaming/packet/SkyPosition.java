package dev.stampede.streaming.packet;

/**
 * Where a candidate was seen, as the survey says it.
 *
 * @param rightAscensionDegrees degrees, 0 to 360
 * @param declinationDegrees degrees, -90 to 90
 */
public record SkyPosition(double rightAscensionDegrees, double declinationDegrees) {}
