package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.ServerLocation;
import org.jspecify.annotations.Nullable;

/**
 * The content of one version of a secret.
 *
 * @param credentials user and password
 * @param location the server, if the secret names one
 */
record SecretLogin(Credentials credentials, @Nullable ServerLocation location) {}
