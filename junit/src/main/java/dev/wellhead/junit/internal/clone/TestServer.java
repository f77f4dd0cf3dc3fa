package dev.wellhead.junit.internal.clone;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The server of one test run, with its templates and their copies. Thread-safe. */
public final class TestServer implements AutoCloseable {

    /** One session holds the lock of the run. The others create, drop and migrate. */
    private static final int CONNECTIONS = 6;

    private final TestServerSettings settings;
    private final Database administration;
    private final Connection lock;
    private final RunId run;
    private final CreatedDatabases databases;
    private final BackgroundWork background = new BackgroundWork();
    private final Map<TemplateSource, Template> templates = new ConcurrentHashMap<>();

    /** The copies whose pools are open. */
    private final Set<DatabaseCopy> copies = ConcurrentHashMap.newKeySet();

    private TestServer(TestServerSettings settings, Database administration, Connection lock, RunId run) {
        this.settings = settings;
        this.administration = administration;
        this.lock = lock;
        this.run = run;
        this.databases = new CreatedDatabases(administration);
    }

    /**
     * {@return the server that the settings of this process name; the caller closes it}
     *
     * @throws TestServerException if the environment is strict, or if the role may not create databases
     * @throws SQLException if the server cannot be reached
     */
    public static TestServer open() throws TestServerException, SQLException {
        return open(TestServerSettings.ofProcess());
    }

    static TestServer open(SettingsRequest request) throws TestServerException, SQLException {
        return open(TestServerSettings.of(request));
    }

    private static TestServer open(TestServerSettings settings) throws TestServerException, SQLException {
        Database administration = Databases.open(settings.administration(CONNECTIONS));
        try {
            requireRight(administration);
            Connection lock = administration.getConnection();
            TestServer server = new TestServer(settings, administration, lock, RunId.lock(lock));
            server.background.run(() -> Leftovers.drop(administration));
            return server;
        } catch (TestServerException | SQLException | RuntimeException e) {
            administration.close();
            throw e;
        }
    }

    /** {@return the template, which is migrated in the background when it is requested for the first time} */
    public Template template(TemplateSource source) {
        return templates.computeIfAbsent(source, missing -> new Template(this, missing));
    }

    /** {@return the server and the user, for messages} */
    @Override
    public String toString() {
        DatabaseSettings actual = administration.settings();
        return actual.user() + "@" + actual.hosts().get(0);
    }

    /** Waits for the work in the background, closes all copies, and drops all databases of this run. */
    @Override
    public void close() {
        background.close();
        copies.forEach(this::closePool);
        databases.dropAll();
        try {
            lock.close();
        } catch (SQLException e) {
            // the pool is closed next
        }
        administration.close();
    }

    /** {@return an open database with this name, which exists; the caller closes it} */
    Database connect(String name) throws SQLException {
        return Databases.open(settings.ofDatabase(administration.settings(), name));
    }

    /** {@return an open copy in a database with this name, which exists; it is closed with this server at the latest} */
    DatabaseCopy open(String name) throws SQLException {
        DatabaseCopy copy = new DatabaseCopy(this, name, connect(name));
        copies.add(copy);
        return copy;
    }

    /** Closes a copy and drops its database in the background. Both happen with {@link #close} at the latest. */
    void release(DatabaseCopy copy) {
        background.run(() -> {
            closePool(copy);
            databases.drop(copy.name());
        });
    }

    private void closePool(DatabaseCopy copy) {
        copies.remove(copy);
        copy.database().close();
    }

    CreatedDatabases databases() {
        return databases;
    }

    RunId run() {
        return run;
    }

    BackgroundWork background() {
        return background;
    }

    private static void requireRight(Database administration) throws TestServerException, SQLException {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select rolcreatedb or rolsuper, quote_ident(rolname) from pg_roles where rolname = current_user")) {
            if (row.next() && !row.getBoolean(1)) {
                DatabaseSettings settings = administration.settings();
                throw new TestServerException("The user " + row.getString(2) + " may not create databases on "
                        + settings.hosts().get(0) + ", which @TestDatabase requires. Run 'alter role "
                        + row.getString(2) + " createdb' there as a superuser, or set "
                        + SettingReference.of(settings, Settings.USER) + " to a role with this right.");
            }
        }
    }
}
