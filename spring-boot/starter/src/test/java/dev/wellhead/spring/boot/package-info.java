/** Tests of what the starter contains beside classes. */
@NullMarked
package dev.wellhead.spring.boot;

import org.jspecify.annotations.NullMarked;
