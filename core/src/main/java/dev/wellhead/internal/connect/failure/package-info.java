/**
 * Classifies failures to connect and composes their messages. {@link dev.wellhead.internal.connect.failure.Diagnosis}
 * creates a {@link dev.wellhead.spi.ServerFailure} for each server, and
 * {@link dev.wellhead.internal.connect.failure.FailureMessage} one exception from all of them.
 *
 * <pre>{@code
 * ServerFailure failure = diagnosis.of(attempt, user, thrown);
 * throw FailureMessage.exception(List.of(failure));
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.connect.failure;

import org.jspecify.annotations.NullMarked;
