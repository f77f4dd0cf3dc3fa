package dev.wellhead.internal.secret;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.ServerLocation;
import org.jspecify.annotations.Nullable;

/**
 * The content of a secret.
 *
 * @param credentials user and password
 * @param location the server, if the secret names one
 */
public record SecretLogin(Credentials credentials, @Nullable ServerLocation location) {}
