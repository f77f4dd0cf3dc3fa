package dev.wellhead.examples.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What the service reads of an HTTP request.
 *
 * @param method such as {@code GET}
 * @param path decoded
 * @param idempotencyKey the header of that name
 * @param body all of it, read as UTF-8
 */
record Request(String method, String path, @Nullable String idempotencyKey, String body) {}
