/**
 * Keeps answers about accounts in Redis for a few seconds, so that frequent reads do not reach PostgreSQL. Entry type:
 * {@link dev.wellhead.examples.ledger.cache.BalanceCache}. Example: {@code cache.find("2001")} before the query,
 * {@code cache.store("2001", json)} after it, and {@code cache.invalidate("2001", "2002")} after a commit.
 */
@NullMarked
package dev.wellhead.examples.ledger.cache;

import org.jspecify.annotations.NullMarked;
