package dev.wellhead.internal.connect;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.failure.Diagnosis;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens authenticated physical connections, each within a deadline that covers everything: name resolution, TCP, TLS,
 * authentication, set-up. Thread-safe; connections open on the calling thread, and nothing is kept running.
 */
public final class Connector {

    private final ConnectPlan plan;
    private final Logins logins;
    private final Events events;
    private final Diagnosis diagnosis;
    private final NameResolver resolver;
    private final Random random;

    /**
     * @param settings where and how to connect; hosts and database are known
     * @param credentials who to log in as; the caller closes it
     * @param listener told of every attempt
     */
    public Connector(DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) {
        this(settings, credentials, listener, NameResolver.SYSTEM, new Random(), System::nanoTime);
    }

    public Connector(
            DatabaseSettings settings,
            CredentialsProvider credentials,
            DatabaseListener listener,
            NameResolver resolver,
            Random random,
            LongSupplier nanoTime) {
        this.plan = new ConnectPlan(settings);
        this.diagnosis = new Diagnosis(settings, credentials.description());
        this.logins = new Logins(credentials, new LoginMemory(nanoTime, random), diagnosis);
        this.events = new Events(settings.find(Settings.POOL_NAME).orElse(settings.name()), listener);
        this.resolver = resolver;
        this.random = random;
    }

    /** Loads what a first connection needs, for a caller that has to wait for something else meanwhile. Never throws. */
    public static void warmUp() {
        WarmUp.run();
    }

    /** {@return what pgjdbc is given for a first connect, by its own names, its plug-ins aside; nothing sensitive} */
    public static Map<String, String> driverProperties(DatabaseSettings settings) {
        Encryption first =
                Encryption.first(settings.sslMode(), settings.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT);
        Map<String, String> shown = new TreeMap<>();
        Properties properties = new DriverProperties(settings).forLogin(settings.user(), first);
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (!value.startsWith(DriverPlugins.class.getName())) {
                shown.put(name, value);
            }
        }
        return shown;
    }

    /**
     * {@return a new physical connection} Tries the candidate that last worked first, then the others in order.
     *
     * @param budget the longest the whole attempt may take; it never takes longer than nine tenths of connectionTimeout
     * @throws dev.wellhead.spi.ConnectionFailedException with the reason of every server that was tried
     */
    public Connection open(Duration budget) throws SQLException {
        return opening(false, null, budget).run();
    }

    /**
     * {@return a new physical connection that proves the newest credentials} As {@link #open}, but tries the first
     * candidate of the current set alone, so that credentials that replace others which still work are taken up. When
     * the server accepts it, {@link #open} tries it first from now on; when it refuses, nothing is remembered and no
     * refresh is asked for: the credentials that worked go on working.
     *
     * @param budget as for {@link #open}
     * @throws dev.wellhead.spi.ConnectionFailedException with the reason of every server that was tried
     */
    public Connection prove(Duration budget) throws SQLException {
        return opening(true, null, budget).run();
    }

    /**
     * {@return a new physical connection to one server alone} As {@link #open}.
     *
     * @param server one of the settings' own
     * @param budget as for {@link #open}
     * @param steps told how far it comes
     * @throws dev.wellhead.spi.ConnectionFailedException with the reason
     */
    public Connection open(HostAndPort server, Duration budget, ConnectSteps steps) throws SQLException {
        return opening(false, steps, budget).run(List.of(server));
    }

    /**
     * {@return whether the server refused the first candidate of {@code set} and accepted another of its candidates
     * instead} Then there is nothing to prove until the set changes.
     */
    public boolean isPassedOver(CredentialsSet set) {
        return logins.memory().isPassedOver(set);
    }

    private Opening opening(boolean proving, @Nullable ConnectSteps steps, Duration budget) {
        return new Opening(plan, logins, events, diagnosis, resolver, random, proving, steps, budget);
    }

    /**
     * {@return the generation in which the login of {@code connection} was first accepted; -1 where it is not ours} A
     * later set whose accepted candidate is the same login keeps the number, so a higher number always means another
     * login than the one before it. The events of {@link DatabaseListener} carry the same number.
     */
    public static long generationOf(Connection connection) {
        try {
            return connection.unwrap(PhysicalConnection.class).generation();
        } catch (SQLException notOurs) {
            return -1;
        }
    }
}
