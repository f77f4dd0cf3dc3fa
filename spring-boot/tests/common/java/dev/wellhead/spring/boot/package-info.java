/** Tests of the starter, which are compiled and run with each supported version of Spring Boot. */
@NullMarked
package dev.wellhead.spring.boot;

import org.jspecify.annotations.NullMarked;
