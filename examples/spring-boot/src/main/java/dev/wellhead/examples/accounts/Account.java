package dev.wellhead.examples.accounts;

/** An account. */
record Account(long id, String name) {}
