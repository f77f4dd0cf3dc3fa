package dev.wellhead.settings;

/** An enum constant with the spelling users write. */
public sealed interface Choice
        permits AuthenticationKind,
                ChannelBinding,
                LoadBalanceHosts,
                PoolMetrics,
                Pooler,
                SslNegotiation,
                TargetServerType,
                TransactionIsolation {

    /** {@return the spelling users write, such as {@code rds-proxy}} */
    String value();
}
