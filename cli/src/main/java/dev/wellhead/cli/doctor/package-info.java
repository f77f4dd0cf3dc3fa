/**
 * The stages of {@code doctor}: each looks at one thing and says what it found and one fix. Entry type:
 * {@link dev.wellhead.cli.doctor.Doctor}.
 */
@NullMarked
package dev.wellhead.cli.doctor;

import org.jspecify.annotations.NullMarked;
