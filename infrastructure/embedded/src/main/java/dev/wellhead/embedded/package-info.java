/**
 * PostgreSQL 16 for machines without Docker: the same database as {@code infrastructure/docker-compose.yml} serves, in a
 * process that ends with this one. On the class path it is started by {@code Databases.fromEnvironment()} where a local
 * environment configures no host and nothing listens on the default one. In a test:
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
