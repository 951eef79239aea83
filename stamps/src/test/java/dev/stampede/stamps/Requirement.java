package dev.stampede.stamps;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/**
 * Something a test needs and does not bring along: data, a browser, a tool. If it is missing, the test is skipped with
 * the reason on a developer's machine, and fails under {@code CI=true}, where nothing may be skipped.
 */
public final class Requirement {
    private static final boolean IS_CI = Boolean.parseBoolean(System.getenv("CI"));

    private Requirement() {}

    /** Skips or fails the running test unless {@code isMet}; {@code missing} names what is missing and where to get it. */
    public static void require(boolean isMet, String missing) {
        if (!isMet && IS_CI) {
            fail(missing);
        }
        Assumptions.assumeTrue(isMet, missing);
    }
}
