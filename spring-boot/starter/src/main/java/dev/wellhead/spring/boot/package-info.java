/**
 * Auto-configures Wellhead as the data source of a Spring Boot application. Entry type:
 * {@link dev.wellhead.spring.boot.WellheadAutoConfiguration}.
 *
 * <p>An application needs no code for it:
 *
 * <pre>{@code
 * @Autowired
 * JdbcClient jdbc;      // and everything else that uses a DataSource
 * }</pre>
 */
@NullMarked
package dev.wellhead.spring.boot;

import org.jspecify.annotations.NullMarked;
