package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * This machine's clock against AWS's, for authentication tokens, which are signed with the time. AWS's own comes with
 * every answer of its security token service, one that refuses too, so no identity is needed.
 */
final class AwsClock {

    private static final int MILLIS = 3000;
    private static final Duration NOTABLE = Duration.ofSeconds(30);
    private static final Duration TOLERATED = Duration.ofMinutes(5);

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

    private URI endpoint() {
        String own = variables.getOrDefault("AWS_ENDPOINT_URL_STS", "");
        return URI.create(own.isBlank() ? "https://sts." + region() + ".amazonaws.com/" : own);
    }

    private String region() {
        String set = settings.find(Settings.IAM_REGION).orElse("");
        if (!set.isEmpty()) {
            return set;
        }
        for (HostAndPort server : settings.hosts()) {
            String[] parts = server.host().split("\\.", -1);
            for (int i = 1; i < parts.length - 1; i++) {
                if (parts[i + 1].equals("rds")) {
                    return parts[i];
                }
            }
        }
        String region = variables.getOrDefault("AWS_REGION", "");
        return region.isBlank() ? "us-east-1" : region;
    }
}
