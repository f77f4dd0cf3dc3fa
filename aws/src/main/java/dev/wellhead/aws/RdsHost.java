package dev.wellhead.aws;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the region from the name of an RDS endpoint: {@code <name>.<account part>.<region>.rds.amazonaws.com}, and in
 * China {@code <name>.<account part>.rds.<region>.amazonaws.com.cn} as well. Source: Amazon RDS User Guide, the
 * endpoints of instances, clusters and proxies.
 */
final class RdsHost {

    private static final String[] DOMAINS = {".amazonaws.com", ".amazonaws.com.cn"};

    private RdsHost() {}

    /** {@return the region in the name, or null if the host is not an RDS endpoint or its name has no region} */
    static @Nullable String region(String host) {
        String[] labels = labels(host);
        int last = labels.length - 1;
        String region = null;
        if (last >= 2 && labels[last].equals("rds")) {
            region = labels[last - 1];
        } else if (last >= 2 && labels[last - 1].equals("rds")) {
            region = labels[last];
        }
        return region != null && RegionName.isValid(region) ? region : null;
    }

    /**
     * {@return whether the host is the writer endpoint of an Aurora global database} Its name,
     * {@code <name>.global-<id>.global.rds.amazonaws.com}, has no region, because the writer can move to another one.
     * Source: Amazon Aurora User Guide, "Connecting to Amazon Aurora Global Database".
     */
    static boolean isGlobal(String host) {
        String[] labels = labels(host);
        int last = labels.length - 1;
        return last >= 3
                && labels[last].equals("rds")
                && labels[last - 1].equals("global")
                && labels[last - 2].startsWith("global-")
                && !labels[last - 3].isEmpty();
    }

    /** {@return whether the host is an endpoint of RDS} */
    static boolean isEndpoint(String host) {
        return region(host) != null || isGlobal(host);
    }

    /** {@return the labels of the name before the domain of AWS; none if the host is not below it} */
    private static String[] labels(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        for (String domain : DOMAINS) {
            if (name.endsWith(domain)) {
                return name.substring(0, name.length() - domain.length()).split("\\.", -1);
            }
        }
        return new String[0];
    }
}
