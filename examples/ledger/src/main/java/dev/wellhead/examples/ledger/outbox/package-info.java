/**
 * Delivers posted entries to other services at least once. {@link dev.wellhead.examples.ledger.outbox.Outbox} adds a row for
 * each destination in the transaction that posts the entry, and a {@link dev.wellhead.examples.ledger.outbox.Relay} delivers
 * the rows later. So an entry that was committed is delivered even if the service is killed immediately afterwards, and one
 * that was rolled back is not. Example: {@code outbox.add(connection, entry)} before the commit, {@code outbox.committed()}
 * after it.
 */
@NullMarked
package dev.wellhead.examples.ledger.outbox;

import org.jspecify.annotations.NullMarked;
