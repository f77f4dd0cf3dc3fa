/** Tests of what the starter adds to Actuator. */
@NullMarked
package dev.wellhead.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
