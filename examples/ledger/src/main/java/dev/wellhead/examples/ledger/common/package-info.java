/**
 * What every part of the ledger uses. Example: {@code new Transactions(database::getConnection).run(work)} runs work in a
 * transaction and retries it after a conflict.
 */
@NullMarked
package dev.wellhead.examples.ledger.common;

import org.jspecify.annotations.NullMarked;
