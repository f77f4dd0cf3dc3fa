package dev.wellhead.examples.ledger;

/**
 * An order to move money from one account to another.
 *
 * @param key the idempotency key: however often an order with this key arrives, it is posted at most once
 * @param from the account that pays, by its code
 * @param to the account that receives, by its code
 * @param amount in minor units (cents), positive
 * @param description what the statement of account shows
 */
record Transfer(String key, String from, String to, long amount, String description) {}
