package dev.wellhead.examples.ledger;

/**
 * An order to move money from one account to another.
 *
 * @param key the idempotency key; orders with the same key are posted at most once
 * @param from the code of the account that pays
 * @param to the code of the account that receives
 * @param amount the amount in minor units (cents), positive
 * @param description the text on the account statement
 */
record Transfer(String key, String from, String to, long amount, String description) {}
