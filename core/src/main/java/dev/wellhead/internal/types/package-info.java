/**
 * The values of settings: parsing, formatting and the problems found on the way. Entry type:
 * {@link dev.wellhead.internal.types.SettingValues}.
 */
@NullMarked
package dev.wellhead.internal.types;

import org.jspecify.annotations.NullMarked;
