package dev.wellhead.junit;

import javax.sql.DataSource;

/**
 * Prepares the template that the databases of tests are copied from, for example with a migration tool or with test
 * data. Implementations have a constructor without parameters, which may be private. One instance is created for each
 * template.
 *
 * <pre>{@code
 * final class ShopMigrations implements TestMigrations {
 *     @Override
 *     public void migrate(DataSource template) {
 *         Flyway.configure().dataSource(template).locations("db/shop").load().migrate();
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TestMigrations {

    /**
     * Prepares a template. Called once for each template of a test run, on a background thread whose context class
     * loader is that of the tests.
     *
     * @param template the empty template, or what the migrations before this one left in it. It is closed after the
     *     last migration, and sessions that are still open are then terminated
     * @throws Exception if the template cannot be prepared; every test that uses the template then fails
     */
    void migrate(DataSource template) throws Exception;

    /** Does nothing: the databases are empty, and no migration tool is detected. */
    final class None implements TestMigrations {

        /** Called by the extension. */
        public None() {}

        @Override
        public void migrate(DataSource template) {}
    }
}
