/**
 * Leaves servers that do not have the role that a pool needs any more. {@link dev.wellhead.internal.pool.roles.WriteRefusals}
 * does so for pools that write, and {@link dev.wellhead.internal.pool.roles.ReaderWatch} for readers.
 */
@NullMarked
package dev.wellhead.internal.pool.roles;

import org.jspecify.annotations.NullMarked;
