/**
 * Users and passwords that can change while a service runs. Entry type: {@link
 * dev.wellhead.credentials.CredentialsProvider}.
 *
 * <pre>{@code
 * Databases.builder().credentials(CredentialsProvider.fixed("app", password)).open()
 * }</pre>
 */
@NullMarked
package dev.wellhead.credentials;

import org.jspecify.annotations.NullMarked;
