/** HikariCP on aws-advanced-jdbc-wrapper and its plugin for Secrets Manager, as its documentation sets it up. */
@NullMarked
package dev.wellhead.benchmarks.advancedjdbcwrapper;

import org.jspecify.annotations.NullMarked;
