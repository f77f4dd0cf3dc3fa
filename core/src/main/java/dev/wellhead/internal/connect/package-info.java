/**
 * Opens one authenticated physical connection within a deadline. Entry type: {@link dev.wellhead.internal.connect.Connector}.
 */
@NullMarked
package dev.wellhead.internal.connect;

import org.jspecify.annotations.NullMarked;
