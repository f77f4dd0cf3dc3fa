/**
 * Templates and their copies on a PostgreSQL server. Has no dependency on JUnit. Entry type:
 * {@link dev.wellhead.junit.internal.clone.TestServer}.
 */
@NullMarked
package dev.wellhead.junit.internal.clone;

import org.jspecify.annotations.NullMarked;
