package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock against AWS's, for authentication tokens, which are signed with the time. AWS's own comes with
 * every answer of its security token service, one that refuses too, so no identity is needed.
 */
final class AwsClock {

    private static final int MILLIS = 3000;
    private static final Duration NOTABLE = Duration.ofSeconds(30);
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private static final String OWN = "AWS_ENDPOINT_URL_STS";

    /** The region stands before {@code rds}; in China after it as well. Source: Amazon RDS User Guide, endpoints. */
    private static final Pattern RDS_HOST =
            Pattern.compile("\\.(?:([a-z0-9-]+)\\.rds|rds\\.([a-z0-9-]+))\\.amazonaws\\.com(?:\\.cn)?\\.?$");

    private final DatabaseSettings settings;
    private final Map<String, String> variables;
    private final Clock clock;

    AwsClock(DatabaseSettings settings, Map<String, String> variables, Clock clock) {
        this.settings = settings;
        this.variables = variables;
        this.clock = clock;
    }

    Result result() {
        URI endpoint = endpoint();
        if (endpoint == null) {
            boolean set = settings.find(Settings.IAM_REGION).isPresent();
            String variable = isOwn() ? OWN : set ? settings.variable(Settings.IAM_REGION) : "AWS_REGION";
            return Result.warning(
                    Stage.AWS_CLOCK, "not known: " + variable + " names no server to ask", "Check " + variable + ".");
        }
        HttpURLConnection http = null;
        try {
            http = (HttpURLConnection) endpoint.toURL().openConnection();
            http.setConnectTimeout(MILLIS);
            http.setReadTimeout(MILLIS);
            http.setRequestMethod("HEAD");
            http.setInstanceFollowRedirects(false);
            long theirs = http.getHeaderFieldDate("Date", 0);
            if (theirs == 0) {
                return unknown(endpoint);
            }
            return Clocks.result(
                    Stage.AWS_CLOCK,
                    Duration.between(Instant.ofEpochMilli(theirs), clock.instant()),
                    NOTABLE,
                    TOLERATED,
                    "AWS's clock");
        } catch (IOException | IllegalArgumentException e) {
            return unknown(endpoint);
        } finally {
            if (http != null) {
                http.disconnect();
            }
        }
    }

    private static Result unknown(URI endpoint) {
        return Result.warning(
                Stage.AWS_CLOCK,
                "not known: " + endpoint.getHost() + " does not tell the time",
                "Check that NTP runs on this machine: tokens are signed with the time.");
    }

    private boolean isOwn() {
        return !variables.getOrDefault(OWN, "").isBlank();
    }

    /** {@return the service's, null where what is configured is no address} */
    @Nullable
    URI endpoint() {
        try {
            URI uri = new URI(isOwn() ? variables.getOrDefault(OWN, "").strip() : ofRegion(region()));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException noAddress) {
            return null;
        }
    }

    /** Source: AWS General Reference, "AWS Security Token Service endpoints"; China is a partition of its own. */
    private static String ofRegion(String region) {
        return "https://sts." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn/" : ".amazonaws.com/");
    }

    private String region() {
        String set = settings.find(Settings.IAM_REGION).orElse("");
        if (!set.isEmpty()) {
            return set;
        }
        for (HostAndPort server : settings.hosts()) {
            Matcher rds = RDS_HOST.matcher(server.host().toLowerCase(Locale.ROOT));
            if (rds.find()) {
                return rds.group(1) == null ? rds.group(2) : rds.group(1);
            }
        }
        String region = variables.getOrDefault("AWS_REGION", "");
        return region.isBlank() ? "us-east-1" : region;
    }
}
