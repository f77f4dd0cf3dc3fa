/**
 * Databases for tests. {@link dev.wellhead.junit.TestDatabase} gives a test class or a test method an own PostgreSQL
 * database: a copy of a template that the migrations of the application were run on, once per test run.
 *
 * <pre>{@code
 * @TestDatabase
 * class AccountsTest {
 *
 *     @Test
 *     void newAccount_isFound(Database database) throws SQLException { ... }
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.junit;

import org.jspecify.annotations.NullMarked;
