package dev.stampede.stamps.results;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;

/**
 * A candidate.
 *
 * @param id that the search gave to it, its {@code uuid}; empty for an array
 */
public record StampRow(Stamp stamp, Optional<String> id) {}
