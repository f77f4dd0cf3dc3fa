/**
 * A PostgreSQL server for machines without Docker: empty, or with the content of init scripts.
 * The server ends with this process. Entry type: {@link dev.wellhead.embedded.LocalPostgres}. In a test:
 *
 * <pre>{@code
 * try (LocalPostgres postgres = LocalPostgres.builder().database("orders").start()) {
 *     Databases.resolve(Map.of("DATABASE_URL", postgres.url(), "DB_PASSWORD", postgres.password()));
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.embedded;

import org.jspecify.annotations.NullMarked;
