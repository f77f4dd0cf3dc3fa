package dev.wellhead.connect;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.SettingsRequest;
import dev.wellhead.settings.SettingsResolver;
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

/** Connectors for tests: an environment map in, a connector on it out, everything seeded or handed in. */
final class Connecting {

    static final Duration BUDGET = Duration.ofSeconds(5);

    private final Map<String, String> environment = new HashMap<>();
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicLong nanoTime = new AtomicLong();
    private NameResolver resolver = NameResolver.SYSTEM;
    private CredentialsProvider credentials = CredentialsProvider.fixed("postgres", "postgres");

    private Connecting() {
        environment.put("ENVIRONMENT", "test");
        environment.put("DB_NAME", "postgres");
        environment.put("DB_SSLMODE", "disable");
    }

    static Connecting to(PostgresServer server) {
        return to(server.host(), server.port());
    }

    static Connecting to(String host, int port) {
        return new Connecting().with("DB_HOST", host).with("DB_PORT", Integer.toString(port));
    }

    Connecting with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Connecting without(String variable) {
        environment.remove(variable);
        return this;
    }

    Connecting with(CredentialsProvider provider) {
        this.credentials = provider;
        return this;
    }

    Connecting with(NameResolver.Lookup lookup) {
        this.resolver = new NameResolver(lookup);
        return this;
    }

    RecordedEvents events() {
        return events;
    }

    void elapse(long nanos) {
        nanoTime.addAndGet(nanos);
    }

    DatabaseSettings settings() {
        return SettingsResolver.resolve(
                SettingsRequest.of("default", environment).credentialsSupplied());
    }

    /** What the server says of the encryption, {@code TLSv1.3} or {@code none}, or else the kind of failure. */
    String outcome() throws SQLException {
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

    /** The failure of an open that must fail. */
    ConnectionFailedException failure() {
        return failure(connector(), BUDGET);
    }

    static ConnectionFailedException failure(Connector connector, Duration budget) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> connector.open(budget).close());
    }

    /** The message of an open that must fail, its lines joined with {@code |}. */
    String failureMessage() {
        return lines(failure());
    }

    static String lines(Exception failure) {
        return String.join("|", String.valueOf(failure.getMessage()).lines().toList());
    }

    Connector connector() {
        return new Connector(settings(), credentials, events, resolver, new Unhurried(), nanoTime::get);
    }

    /** Shuffles the same every time, and makes every hold-off as long as it can be. */
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
