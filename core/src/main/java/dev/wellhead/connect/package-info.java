/** Opens one authenticated physical connection within a deadline. Entry type: {@link dev.wellhead.connect.Connector}. */
@NullMarked
package dev.wellhead.connect;

import org.jspecify.annotations.NullMarked;
