package dev.wellhead.aws;

import java.util.List;

/**
 * The versions of a secret that may have a login that works: the current one, then a pending and a previous one that no
 * server has refused. Immutable.
 *
 * @param generation increases with every change of the versions
 * @param versions at least one, without repeated texts
 */
record SecretContent(long generation, List<SecretVersion> versions) {}
