/**
 * Reads the files that settings name: password files, libpq's password file, service files.
 */
@NullMarked
package dev.wellhead.internal.files;

import org.jspecify.annotations.NullMarked;
