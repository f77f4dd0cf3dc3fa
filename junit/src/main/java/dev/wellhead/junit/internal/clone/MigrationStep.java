package dev.wellhead.junit.internal.clone;

import javax.sql.DataSource;

/** One step that prepares a template. */
interface MigrationStep {

    /** {@return the name of the step for messages, such as {@code Flyway (classpath:db/migration)}} */
    String description();

    /** Runs the step on a template that no other step uses at the same time. */
    void run(DataSource template) throws Exception;
}
