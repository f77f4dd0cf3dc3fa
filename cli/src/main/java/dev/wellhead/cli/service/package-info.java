/**
 * The other services that the environment names: a cache, queues, storage, search, metrics and a pooler. Finds them in the
 * variables, and checks whether each answers. Sends no credentials. Entry types:
 * {@link dev.wellhead.cli.service.NamedServices} and {@link dev.wellhead.cli.service.ServiceChecks}.
 */
@NullMarked
package dev.wellhead.cli.service;

import org.jspecify.annotations.NullMarked;
