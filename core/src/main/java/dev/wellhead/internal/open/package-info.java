/**
 * The way from settings to an open database. Entry type: {@link dev.wellhead.internal.open.DatabaseOpener}.
 *
 * <pre>{@code
 * OpenDatabase database = new DatabaseOpener(null, List.of(), List.of(), null).open(settings);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.open;

import org.jspecify.annotations.NullMarked;
