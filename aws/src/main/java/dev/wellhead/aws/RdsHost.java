package dev.wellhead.aws;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the name of an RDS endpoint tells. Source: Amazon RDS User Guide, "Endpoint" of instances, clusters and proxies:
 * {@code <name>.<account part>.<region>.rds.amazonaws.com}.
 */
final class RdsHost {

    private static final String[] DOMAINS = {".rds.amazonaws.com", ".rds.amazonaws.com.cn"};

    private RdsHost() {}

    /** {@return the region in the name, null where the host is not one of RDS} */
    static @Nullable String region(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        for (String domain : DOMAINS) {
            if (name.endsWith(domain)) {
                String rest = name.substring(0, name.length() - domain.length());
                String region = rest.substring(rest.lastIndexOf('.') + 1);
                return region.isEmpty() || region.equals(rest) ? null : region;
            }
        }
        return null;
    }
}
