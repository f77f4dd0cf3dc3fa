/**
 * Rules that several packages need: edit distance, loopback and literal addresses, texts that are safe to show, loading
 * providers.
 */
@NullMarked
package dev.wellhead.internal.text;

import org.jspecify.annotations.NullMarked;
