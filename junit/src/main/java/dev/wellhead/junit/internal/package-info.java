/** The JUnit extension behind {@link dev.wellhead.junit.TestDatabase}: which test gets which database, and for how long. */
@NullMarked
package dev.wellhead.junit.internal;

import org.jspecify.annotations.NullMarked;
