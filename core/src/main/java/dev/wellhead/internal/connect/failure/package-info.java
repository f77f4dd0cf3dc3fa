/**
 * Classifies what went wrong while connecting, and words the message.
 */
@NullMarked
package dev.wellhead.internal.connect.failure;

import org.jspecify.annotations.NullMarked;
