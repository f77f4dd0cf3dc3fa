package dev.wellhead.aws;

import dev.wellhead.settings.Sensitive;

/**
 * One version of a secret as the store gave it.
 *
 * @param name the secret's name
 * @param versionId which version; safe in a log, never an attribute of a metric
 * @param stage the label it was asked for by
 * @param text the whole secret
 */
record SecretVersion(String name, String versionId, Stage stage, Sensitive text) {}
