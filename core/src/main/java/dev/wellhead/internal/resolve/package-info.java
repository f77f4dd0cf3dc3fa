/**
 * Decides every setting from what the sources contain. Entry type: {@link dev.wellhead.internal.resolve.SettingsResolver}.
 */
@NullMarked
package dev.wellhead.internal.resolve;

import org.jspecify.annotations.NullMarked;
