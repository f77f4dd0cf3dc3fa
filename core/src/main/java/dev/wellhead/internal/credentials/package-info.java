/**
 * Credentials that can change while a service runs: providers for password files, and the {@link
 * dev.wellhead.internal.credentials.Refresher} that every provider of changing credentials uses.
 */
@NullMarked
package dev.wellhead.internal.credentials;

import org.jspecify.annotations.NullMarked;
