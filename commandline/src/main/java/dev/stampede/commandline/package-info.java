/** What every command shares: exit codes, error messages, progress and output as text, CSV or JSON. */
@NullMarked
package dev.stampede.commandline;

import org.jspecify.annotations.NullMarked;
