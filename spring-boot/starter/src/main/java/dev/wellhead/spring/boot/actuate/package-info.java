/**
 * What the starter adds to an application with Spring Boot Actuator: Micrometer meters, the health contributor {@code database} and
 * the endpoint {@code database}. An application needs no code for it:
 *
 * <pre>{@code
 * management.endpoints.web.exposure.include=health,metrics,database
 * }</pre>
 */
@NullMarked
package dev.wellhead.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
