package dev.wellhead.aws;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the region from the name of an RDS endpoint: {@code <name>.<account part>.<region>.rds.amazonaws.com}, and in China
 * {@code <name>.<account part>.rds.<region>.amazonaws.com.cn} as well. Source: Amazon RDS User Guide, the endpoints of
 * instances, clusters and proxies.
 */
final class RdsHost {

    private static final String[] DOMAINS = {".amazonaws.com", ".amazonaws.com.cn"};

    private RdsHost() {}

    /** {@return the region in the name, or null if the host is not an RDS endpoint} */
    static @Nullable String region(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        for (String domain : DOMAINS) {
            if (name.endsWith(domain)) {
                return regionIn(
                        name.substring(0, name.length() - domain.length()).split("\\.", -1));
            }
        }
        return null;
    }

    private static @Nullable String regionIn(String[] labels) {
        int last = labels.length - 1;
        String region = null;
        if (last >= 2 && labels[last].equals("rds")) {
            region = labels[last - 1];
        } else if (last >= 2 && labels[last - 1].equals("rds")) {
            region = labels[last];
        }
        return region != null && RegionName.isValid(region) ? region : null;
    }
}
