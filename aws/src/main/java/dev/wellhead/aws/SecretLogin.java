package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.ServerLocation;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a secret says.
 *
 * @param versionId which version
 * @param credentials user and password
 * @param location the server, where the secret names one
 */
record SecretLogin(String versionId, Credentials credentials, @Nullable ServerLocation location) {}
