/**
 * What a command found in the end: its outcome, which decides the exit code, and the failure that caused it. Entry type:
 * {@link dev.wellhead.cli.verdict.Outcome}.
 */
@NullMarked
package dev.wellhead.cli.verdict;

import org.jspecify.annotations.NullMarked;
