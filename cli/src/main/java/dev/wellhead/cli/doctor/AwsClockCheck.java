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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares this machine's clock with that of AWS: authentication tokens are signed with the time. Every response of
 * AWS's security token service has a Date header, even a refusal, so no AWS credentials are needed.
 */
final class AwsClockCheck {

    private static final int TIMEOUT_MILLIS = 3000;
    /**
     * AWS accepts five minutes. A clock that is wrong by half a minute is not synchronized, and its error will grow.
     */
    private static final Duration WARNING_LIMIT = Duration.ofSeconds(30);
    /**
     * The variable with which the AWS SDK replaces the address of the service. Source: AWS SDKs and Tools Reference
     * Guide, "Service-specific endpoints".
     */
    private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_STS";

    /**
     * The region is before {@code rds}, in China also after it, and ends in a number. The writer endpoint of a global
     * database has no region. Source: Amazon RDS User Guide, endpoints.
     */
    private static final Pattern RDS_HOST =
            Pattern.compile("\\.(?:([a-z-]+-[0-9]+)\\.rds|rds\\.([a-z-]+-[0-9]+))\\.amazonaws\\.com(?:\\.cn)?\\.?$");

    private final DatabaseSettings settings;
    private final Map<String, String> variables;
    private final Clock clock;

    AwsClockCheck(DatabaseSettings settings, Map<String, String> variables, Clock clock) {
        this.settings = settings;
        this.variables = variables;
        this.clock = clock;
    }

    /**
     * {@return the result of the stage} Makes one HTTP request, which takes at most 3 s to connect and 3 s to answer.
     * An unknown time is a warning: without a route to AWS, tokens can still be valid.
     */
    StageResult result() {
        URI endpoint = endpoint();
        if (endpoint == null) {
            boolean regionIsSet = settings.find(Settings.IAM_REGION).isPresent();
            String variable = !ownEndpoint().isEmpty()
                    ? ENDPOINT_VARIABLE
                    : regionIsSet ? settings.variable(Settings.IAM_REGION) : "AWS_REGION";
            return DoctorStage.AWS_CLOCK.warning(
                    "unknown: there is no valid server address, because of " + variable, "Check " + variable + ".");
        }
        long date = date(endpoint);
        if (date == 0) {
            return DoctorStage.AWS_CLOCK.warning(
                    "unknown: " + endpoint.getHost() + " did not return the time",
                    "Check that NTP runs on this machine: tokens are signed with the time.");
        }
        Duration ahead = Duration.between(Instant.ofEpochMilli(date), clock.instant());
        return ClockSkew.result(DoctorStage.AWS_CLOCK, ahead, WARNING_LIMIT, "AWS's clock");
    }

    /** {@return the Date header in milliseconds, 0 if there is none} */
    private static long date(URI endpoint) {
        HttpURLConnection http = null;
        try {
            http = (HttpURLConnection) endpoint.toURL().openConnection();
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            http.setRequestMethod("HEAD");
            http.setInstanceFollowRedirects(false);
            return http.getHeaderFieldDate("Date", 0);
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        } finally {
            if (http != null) {
                http.disconnect();
            }
        }
    }

    /** {@return the configured address, empty if there is none} */
    private String ownEndpoint() {
        return variables.getOrDefault(ENDPOINT_VARIABLE, "").strip();
    }

    /** {@return the address of the security token service, null if what is configured is not an HTTP URL} */
    @Nullable
    URI endpoint() {
        String own = ownEndpoint();
        try {
            URI uri = new URI(own.isEmpty() ? endpoint(region()) : own);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Source: AWS General Reference, "AWS Security Token Service endpoints"; China has a domain of its own. */
    private static String endpoint(String region) {
        return "https://sts." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn/" : ".amazonaws.com/");
    }

    /** {@return the region of the tokens: iamRegion, the region in iamHost or an RDS host name, or AWS_REGION} */
    private String region() {
        String configured = settings.find(Settings.IAM_REGION).orElse("");
        if (!configured.isEmpty()) {
            return configured;
        }
        List<String> names = new ArrayList<>();
        settings.find(Settings.IAM_HOST).ifPresent(names::add);
        for (HostAndPort server : settings.hosts()) {
            names.add(server.host());
        }
        for (String name : names) {
            Matcher rds = RDS_HOST.matcher(name.toLowerCase(Locale.ROOT));
            if (rds.find()) {
                return rds.group(1) == null ? rds.group(2) : rds.group(1);
            }
        }
        String region = variables.getOrDefault("AWS_REGION", "");
        // every region has the same time, so any region will do
        return region.isBlank() ? "us-east-1" : region;
    }
}
