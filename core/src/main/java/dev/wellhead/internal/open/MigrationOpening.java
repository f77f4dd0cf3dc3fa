package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.UnpooledConnections;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Creates the data source for migrations of an open database when it is first used. It has credentials of its own if there
 * are settings for them, else those of the database. Thread-safe.
 */
final class MigrationOpening {

    private final DatabaseSettings completed;
    private final CredentialsProvider provider;
    private final CredentialsProvider guarded;
    private final Closing closing;
    private @Nullable DataSource migrations;

    /**
     * @param completed the settings of the database, with the server that a secret names
     * @param provider of the database
     * @param guarded the same, as the pools use it
     * @param closing closes the credentials of migrations
     */
    MigrationOpening(
            DatabaseSettings completed, CredentialsProvider provider, CredentialsProvider guarded, Closing closing) {
        this.completed = completed;
        this.provider = provider;
        this.guarded = guarded;
        this.closing = closing;
    }

    /**
     * {@return the data source, which connects to nothing yet}
     *
     * @throws ConfigurationException if the settings of migrations are incomplete
     */
    synchronized DataSource open() {
        if (migrations == null) {
            DatabaseSettings settings = SettingsCompletion.forMigrations(completed);
            Closing own = new Closing();
            CredentialsProvider used = guarded;
            String description = provider.description();
            boolean hasOwnLogin = SettingsCompletion.haveMigrationsTheirOwnLogin(completed);
            if (hasOwnLogin) {
                CredentialsProvider ofMigrations = CredentialsChoice.of(settings);
                own.add(ofMigrations);
                closing.add(own::close);
                used = GuardedCredentials.of(ofMigrations, null);
                description = ofMigrations.description();
            }
            UnpooledConnections connections =
                    new UnpooledConnections(settings, used, new NoListener(), completed.warnings());
            UnpooledDatabase database = new UnpooledDatabase("migrations", connections, description, own);
            if (!hasOwnLogin && settings.hosts().equals(completed.hosts())) {
                database.logNothing();
            }
            migrations = new UnpooledDataSource(settings, database, closing);
            if (closing.isClosed()) {
                // the database was closed meanwhile, without these credentials
                own.close();
            }
        }
        return migrations;
    }
}
