package dev.wellhead.examples.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that the service uses.
 *
 * @param method for example {@code GET}
 * @param path the decoded path
 * @param idempotencyKey the header {@code Idempotency-Key}
 * @param body the body, decoded as UTF-8
 */
record Request(String method, String path, @Nullable String idempotencyKey, String body) {}
