/** HikariCP with aws-secretsmanager-jdbc, configured as in its documentation. */
@NullMarked
package dev.wellhead.benchmarks.secretsmanagerjdbc;

import org.jspecify.annotations.NullMarked;
