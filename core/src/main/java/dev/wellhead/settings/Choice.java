package dev.wellhead.settings;

import java.util.Locale;

/** An enum constant of a setting, with the spelling that users write. {@code toString()} returns the spelling too. */
public sealed interface Choice
        permits ChannelBinding,
                LoadBalanceHosts,
                PoolMetrics,
                Pooler,
                ReaderFallback,
                SslNegotiation,
                TargetServerType,
                TransactionIsolation {

    /** {@return the name of the constant, such as {@code RDS_PROXY}} */
    String name();

    /** {@return the spelling that users write, such as {@code rds-proxy}} */
    default String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
