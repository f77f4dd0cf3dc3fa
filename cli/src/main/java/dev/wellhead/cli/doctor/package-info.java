/**
 * The stages of {@code doctor}: each checks one aspect of the database and reports a result and, if something is wrong,
 * one fix. Entry type: {@link dev.wellhead.cli.doctor.Doctor}.
 */
@NullMarked
package dev.wellhead.cli.doctor;

import org.jspecify.annotations.NullMarked;
