/**
 * Writes the statement of an account for a month, as CSV, to object storage. Entry types:
 * {@link dev.wellhead.examples.ledger.statements.AccountStatement} and
 * {@link dev.wellhead.examples.ledger.statements.StatementStore}. Example:
 * {@code store.put(AccountStatement.key("2001", month), statement.csv())}.
 */
@NullMarked
package dev.wellhead.examples.ledger.statements;

import org.jspecify.annotations.NullMarked;
