/**
 * Reads every source of settings. Entry type: {@link dev.wellhead.internal.sources.Sources}.
 */
@NullMarked
package dev.wellhead.internal.sources;

import org.jspecify.annotations.NullMarked;
