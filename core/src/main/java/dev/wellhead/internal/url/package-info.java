/**
 * Parses connection URLs and converts the parameters of libpq and pgjdbc to settings. Entry type:
 * {@link dev.wellhead.internal.url.ConnectionUrl}.
 */
@NullMarked
package dev.wellhead.internal.url;

import org.jspecify.annotations.NullMarked;
