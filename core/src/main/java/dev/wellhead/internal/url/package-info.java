/**
 * Reads connection URLs and the parameters of libpq and pgjdbc.
 */
@NullMarked
package dev.wellhead.internal.url;

import org.jspecify.annotations.NullMarked;
