package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds the data source that migrates the database of another data source. */
final class MigrationDataSource {

    private MigrationDataSource() {}

    /**
     * {@return the data source for migrations; empty if the other one is not a database of Wellhead}
     *
     * @throws dev.wellhead.settings.ConfigurationException if the settings of migrations are incomplete
     */
    static Optional<DataSource> of(@Nullable DataSource source) {
        try {
            // a proxy in front of the database, such as that of read-only transactions, can be unwrapped
            return source != null && source.isWrapperFor(Database.class)
                    ? Optional.of(source.unwrap(Database.class).migrations())
                    : Optional.empty();
        } catch (SQLException e) {
            // a data source that cannot be unwrapped is that of the application
            return Optional.empty();
        }
    }
}
