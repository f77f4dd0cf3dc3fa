/**
 * Connects {@link dev.wellhead.embedded.LocalPostgres} with core, which starts it if a {@code local} or {@code test}
 * environment configures no host and nothing listens on the default port. Applications add the dependency and use no
 * type of this package:
 *
 * <pre>{@code
 * try (Database database = Databases.fromEnvironment()) { ... }
 * }</pre>
 */
@NullMarked
package dev.wellhead.embedded.provider;

import org.jspecify.annotations.NullMarked;
