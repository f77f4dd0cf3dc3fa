/**
 * The credentials providers that core brings: password files and libpq's password file.
 */
@NullMarked
package dev.wellhead.internal.credentials;

import org.jspecify.annotations.NullMarked;
