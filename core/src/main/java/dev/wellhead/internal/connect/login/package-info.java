/**
 * Tries the candidates of a credentials provider, and remembers which login the server accepted last.
 */
@NullMarked
package dev.wellhead.internal.connect.login;

import org.jspecify.annotations.NullMarked;
