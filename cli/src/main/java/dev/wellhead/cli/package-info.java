/**
 * The command line: {@code explain}, {@code doctor}, {@code wait}, {@code exec}. Entry type:
 * {@link dev.wellhead.cli.Main}.
 *
 * <pre>{@code
 * java -jar wellhead-cli.jar explain --json
 * }</pre>
 */
@NullMarked
package dev.wellhead.cli;

import org.jspecify.annotations.NullMarked;
