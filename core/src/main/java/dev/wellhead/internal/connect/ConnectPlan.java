package dev.wellhead.internal.connect;

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

/** What every connect of one database has in common, read from the settings once. Immutable. */
public final class ConnectPlan {

    private final List<HostAndPort> hosts;
    private final String databaseName;
    private final boolean shuffled;
    private final TargetServerType target;
    private final SslMode sslMode;
    private final boolean direct;
    private final @Nullable TlsContext tls;
    private final KeepAlive keepAlive;
    private final DriverProperties properties;
    private final Duration connectTimeout;
    private final Duration longest;
    private final int socketTimeoutMillis;

    public ConnectPlan(DatabaseSettings settings) {
        this.hosts = settings.hosts();
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("the settings name no server yet");
        }
        this.databaseName = settings.databaseName();
        this.shuffled = settings.get(Settings.LOAD_BALANCE_HOSTS) == LoadBalanceHosts.RANDOM;
        this.target = settings.get(Settings.TARGET_SERVER_TYPE);
        this.sslMode = settings.sslMode();
        this.direct = settings.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT;
        this.tls = sslMode == SslMode.DISABLE ? null : new TlsContext(settings, sslMode);
        this.keepAlive = KeepAlive.of(settings);
        this.properties = new DriverProperties(settings);
        this.connectTimeout = settings.get(Settings.CONNECT_TIMEOUT);
        this.longest = below(settings.get(Settings.CONNECTION_TIMEOUT));
        long millis = settings.get(Settings.SOCKET_TIMEOUT).toMillis();
        this.socketTimeoutMillis = (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /**
     * HikariCP adds connections on one thread: an attempt that outlives those who wait for it would keep the next one
     * from starting, so it ends a little earlier than they give up.
     */
    private static Duration below(Duration connectionTimeout) {
        // in milliseconds: Duration multiplies and divides through BigDecimal, whose set-up a cold start need not pay
        Duration most = Duration.ofMillis(connectionTimeout.toMillis() * 9 / 10);
        Duration margin = connectionTimeout.minusMillis(50);
        return most.compareTo(margin) < 0 ? most : margin;
    }

    public List<HostAndPort> hosts() {
        return hosts;
    }

    public String databaseName() {
        return databaseName;
    }

    public boolean isShuffled() {
        return shuffled;
    }

    public TargetServerType target() {
        return target;
    }

    public SslMode sslMode() {
        return sslMode;
    }

    public Encryption firstEncryption() {
        return Encryption.first(sslMode, direct);
    }

    @Nullable
    public TlsContext tls() {
        return tls;
    }

    public KeepAlive keepAlive() {
        return keepAlive;
    }

    public DriverProperties properties() {
        return properties;
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration bounded(Duration budget) {
        return budget.compareTo(longest) < 0 ? budget : longest;
    }

    public int socketTimeoutMillis() {
        return socketTimeoutMillis;
    }
}
