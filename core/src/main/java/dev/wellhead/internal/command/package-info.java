/**
 * Credentials that a program prints. Entry type: {@link dev.wellhead.internal.command.CommandCredentials}.
 *
 * <pre>{@code
 * CredentialsProvider provider = CommandCredentials.of(command, "DB_PASSWORD_COMMAND", keys, user, "DB_USER");
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.command;

import org.jspecify.annotations.NullMarked;
