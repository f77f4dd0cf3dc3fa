/**
 * The way from settings to an open database. Entry type: {@link dev.wellhead.internal.open.DatabaseOpener}.
 */
@NullMarked
package dev.wellhead.internal.open;

import org.jspecify.annotations.NullMarked;
