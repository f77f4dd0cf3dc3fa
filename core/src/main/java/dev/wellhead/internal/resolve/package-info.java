/**
 * Decides every setting from the contents of the sources. Entry type:
 * {@link dev.wellhead.internal.resolve.SettingsResolver}.
 */
@NullMarked
package dev.wellhead.internal.resolve;

import org.jspecify.annotations.NullMarked;
