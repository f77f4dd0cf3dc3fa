package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Requests credentials for the database {@code ledger} with these settings. Durations are in ISO 8601 form. */
record RequestFromMap(Map<String, String> values) implements CredentialsRequest {

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public Optional<String> setting(String settingName) {
        return Optional.ofNullable(values.get(settingName));
    }

    @Override
    public Optional<Duration> duration(String settingName) {
        return setting(settingName).map(Duration::parse);
    }

    @Override
    public String variable(String settingName) {
        return "LEDGER_" + settingName;
    }
}
