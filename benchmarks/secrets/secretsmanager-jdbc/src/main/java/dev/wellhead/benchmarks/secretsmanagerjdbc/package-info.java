/** HikariCP on aws-secretsmanager-jdbc, as its documentation sets it up. */
@NullMarked
package dev.wellhead.benchmarks.secretsmanagerjdbc;

import org.jspecify.annotations.NullMarked;
