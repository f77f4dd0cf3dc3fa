/**
 * What modules may plug in besides credentials and trust anchors: listeners and a local database. Found with
 * {@link java.util.ServiceLoader}; explicit registration on the builder wins.
 */
@NullMarked
package dev.wellhead.spi;

import org.jspecify.annotations.NullMarked;
