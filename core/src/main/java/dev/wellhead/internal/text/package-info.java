/**
 * Rules about text that several packages need, such as the distance between two names.
 */
@NullMarked
package dev.wellhead.internal.text;

import org.jspecify.annotations.NullMarked;
