/**
 * A small double-entry ledger service on {@link dev.wellhead.Databases#fromEnvironment()}. Entry type:
 * {@link dev.wellhead.examples.ledger.LedgerService}.
 */
@NullMarked
package dev.wellhead.examples.ledger;

import org.jspecify.annotations.NullMarked;
