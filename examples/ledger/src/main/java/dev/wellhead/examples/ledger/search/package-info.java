/**
 * Finds entries by the words of their description, in OpenSearch. Entry type:
 * {@link dev.wellhead.examples.ledger.search.EntrySearch}. Example: {@code search.find("rent", 20)}.
 */
@NullMarked
package dev.wellhead.examples.ledger.search;

import org.jspecify.annotations.NullMarked;
