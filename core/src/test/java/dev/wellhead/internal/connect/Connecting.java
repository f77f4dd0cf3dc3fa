package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.login.LoginContext;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.connect.login.RefusalHoldOff;
import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates connectors for tests from an environment map, with a seeded random number generator and a clock of its own.
 */
public final class Connecting {

    public static final Duration BUDGET = Duration.ofSeconds(5);

    private final Map<String, String> environment = new HashMap<>();
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicLong nanoTime = new AtomicLong();
    private NameResolver resolver = NameResolver.SYSTEM;
    private ReaderRule rule = ReaderRule.NONE;
    private CredentialsProvider credentials =
            CredentialsProvider.fixed(PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD);

    private Connecting() {
        environment.put("ENVIRONMENT", "test");
        environment.put("DB_NAME", "postgres");
        environment.put("DB_SSLMODE", "disable");
    }

    public static Connecting to(PostgresServer server) {
        return to(server.host(), server.port());
    }

    public static Connecting to(String host, int port) {
        return new Connecting().with("DB_HOST", host).with("DB_PORT", Integer.toString(port));
    }

    public Connecting with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Connecting without(String variable) {
        environment.remove(variable);
        return this;
    }

    public Connecting with(CredentialsProvider provider) {
        this.credentials = provider;
        return this;
    }

    public Connecting with(NameResolver.Lookup lookup) {
        this.resolver = new NameResolver(lookup);
        return this;
    }

    public Connecting with(ReaderRule readerRule) {
        this.rule = readerRule;
        return this;
    }

    public RecordedEvents events() {
        return events;
    }

    public void elapse(long nanos) {
        nanoTime.addAndGet(nanos);
    }

    public DatabaseSettings settings() {
        return SettingsResolver.resolve(
                SettingsRequest.of("default", environment).credentialsSupplied());
    }

    /** Returns the TLS version that the server reports, {@code none} without TLS, or the kind of the failure. */
    public String outcome() throws SQLException {
        try (Connection connection = connector().open(BUDGET);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(
                        "SELECT coalesce(version, 'none') FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            answer.next();
            return answer.getString(1);
        } catch (ConnectionFailedException failed) {
            return failed.kind().value();
        }
    }

    /** Opens a connection, which must fail, and returns the failure. */
    public ConnectionFailedException failure() {
        return failure(connector(), BUDGET);
    }

    public static ConnectionFailedException failure(Connector connector, Duration budget) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> connector.open(budget).close());
    }

    /** Opens a connection, which must fail, and returns the lines of the message joined with {@code |}. */
    public String failureMessage() {
        return lines(failure());
    }

    public static String lines(Exception failure) {
        return String.join("|", String.valueOf(failure.getMessage()).lines().toList());
    }

    public Connector connector() {
        return connector(new LoginMemory());
    }

    public Connector connector(LoginMemory memory) {
        Random random = new Unhurried();
        LoginContext context = new LoginContext(credentials, memory, new RefusalHoldOff(nanoTime::get, random), 0);
        SilentServers silent = new SilentServers(nanoTime::get, random);
        return new Connector(settings(), rule, context, events, resolver, silent, random);
    }

    /** Shuffles in the same order every time, and makes every hold-off as long as possible. */
    private static final class Unhurried extends Random {

        private static final long serialVersionUID = 1;

        Unhurried() {
            super(42);
        }

        @Override
        public double nextDouble() {
            return 1;
        }
    }
}
