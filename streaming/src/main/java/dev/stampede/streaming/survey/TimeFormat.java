package dev.stampede.streaming.survey;

/** The time format of a survey, in days. */
enum TimeFormat {
    /** Julian Date. */
    JD(2_400_000.5),
    /** Modified Julian Date. */
    MJD(0);

    private final double mjdZero;

    TimeFormat(double mjdZero) {
        this.mjdZero = mjdZero;
    }

    double toMjd(double days) {
        return days - mjdZero;
    }
}
