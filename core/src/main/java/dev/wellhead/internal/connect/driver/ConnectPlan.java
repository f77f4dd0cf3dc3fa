package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.KeepAlive;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.LoadBalanceHosts;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all connection attempts of one database have in common, computed once from its settings. Thread-safe. */
public final class ConnectPlan {

    private final DatabaseSettings settings;
    private final @Nullable TlsContext tls;
    private final KeepAlive keepAlive;
    private final DriverProperties properties;
    private final Duration longest;

    public ConnectPlan(DatabaseSettings settings) {
        if (settings.hosts().isEmpty()) {
            throw new IllegalArgumentException("The settings have no host yet.");
        }
        this.settings = settings;
        this.tls = sslMode() == SslMode.DISABLE ? null : new TlsContext(settings, sslMode());
        this.keepAlive = KeepAlive.of(settings);
        this.properties = new DriverProperties(settings);
        this.longest = Deadline.attemptBudget(settings.get(Settings.CONNECTION_TIMEOUT));
    }

    public List<HostAndPort> hosts() {
        return settings.hosts();
    }

    public String databaseName() {
        return settings.databaseName();
    }

    public boolean isShuffled() {
        return settings.get(Settings.LOAD_BALANCE_HOSTS) == LoadBalanceHosts.RANDOM;
    }

    public TargetServerType target() {
        return settings.get(Settings.TARGET_SERVER_TYPE);
    }

    public SslMode sslMode() {
        return settings.sslMode();
    }

    public TlsNegotiation firstNegotiation() {
        return TlsNegotiation.first(sslMode(), settings.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT);
    }

    /** {@return the longest that an attempt on one server may take} */
    public Duration connectTimeout() {
        return settings.get(Settings.CONNECT_TIMEOUT);
    }

    /** {@return {@code budget}, or the longest that one search for a connection may take if that is shorter} */
    public Duration bounded(Duration budget) {
        return budget.compareTo(longest) < 0 ? budget : longest;
    }

    /** {@return the read timeout of a connection once it is open; 0 means no limit} */
    public int socketTimeoutMillis() {
        return (int) Math.min(settings.get(Settings.SOCKET_TIMEOUT).toMillis(), Integer.MAX_VALUE);
    }

    /** Null if the SSL mode is {@code disable}. */
    @Nullable
    TlsContext tls() {
        return tls;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    DriverProperties properties() {
        return properties;
    }
}
