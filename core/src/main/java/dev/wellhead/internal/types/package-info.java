/**
 * The types of settings: how the text of a value is read, and the values that sources found.
 */
@NullMarked
package dev.wellhead.internal.types;

import org.jspecify.annotations.NullMarked;
