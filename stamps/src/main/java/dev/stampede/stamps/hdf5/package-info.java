/** The parts of the HDF5 file format that a copy of a table needs and the reading library lacks. */
@NullMarked
package dev.stampede.stamps.hdf5;

import org.jspecify.annotations.NullMarked;
