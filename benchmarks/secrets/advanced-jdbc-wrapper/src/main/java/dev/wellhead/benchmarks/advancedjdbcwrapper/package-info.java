/** HikariCP with aws-advanced-jdbc-wrapper and its plugin for Secrets Manager, configured as in its documentation. */
@NullMarked
package dev.wellhead.benchmarks.advancedjdbcwrapper;

import org.jspecify.annotations.NullMarked;
