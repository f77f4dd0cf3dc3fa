/**
 * Sends posted entries to a queue, and computes the turnover of accounts from them.
 * {@link dev.wellhead.examples.ledger.queue.EntryQueue} is the queue, and
 * {@link dev.wellhead.examples.ledger.queue.EntryConsumer} receives from it. The queue may deliver a message several times;
 * each has its effect once. Example: {@code EntryConsumer.start(SqsEntryQueue.open(url), database::getConnection)}.
 */
@NullMarked
package dev.wellhead.examples.ledger.queue;

import org.jspecify.annotations.NullMarked;
