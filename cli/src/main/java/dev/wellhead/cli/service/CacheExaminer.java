package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.SettingsStage;
import dev.wellhead.cli.doctor.StageListener;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.open.CredentialsChoice;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examines a cache as {@code wellhead-redis} would open it: the same settings, credentials and verification of the server.
 * Changes nothing in the cache. For one examination.
 */
final class CacheExaminer {

    private final SettingsRequest request;
    private final StageListener listener;
    private final SettingsStage stage;
    private long start = System.nanoTime();

    /** @param listener notified of each stage */
    CacheExaminer(SettingsRequest request, StageListener listener) {
        this.request = request.of(RedisCatalogue.REDIS);
        this.listener = listener;
        this.stage = new SettingsStage(
                ServiceStage.SETTINGS, "wellhead explain " + ServiceKind.CACHE.options(request.name()));
    }

    /** Runs the stages until one fails. */
    void run() {
        try {
            runStages();
        } catch (RuntimeException | Error e) {
            finished(ServiceCheck.defect(ServiceKind.CACHE, request.name(), ServiceStage.CREDENTIALS, e));
        }
    }

    private void runStages() {
        DatabaseSettings settings = settings();
        if (settings == null) {
            return;
        }
        start = System.nanoTime();
        listener.started(ServiceStage.CREDENTIALS);
        try (CredentialsProvider provider = CredentialsChoice.of(settings)) {
            HostAndPort server = settings.hosts().isEmpty()
                    ? new HostAndPort("", 0)
                    : settings.hosts().get(0);
            Duration budget = settings.get(RedisCatalogue.CONNECT_TIMEOUT);
            CredentialsSet set = provider.current(new LoginTarget(server.host(), server.port()), budget);
            List<String> labels =
                    set.candidates().stream().map(Credentials::label).toList();
            finished(StageResult.ok(
                            ServiceStage.CREDENTIALS,
                            labels.equals(List.of("configured"))
                                    ? provider.description()
                                    : provider.description() + ": " + String.join(", then ", labels))
                    .with("candidates", labels));
            DatabaseSettings complete =
                    SettingsCompletion.complete(settings, set.location().orElse(null), provider.description());
            connect(complete, set, budget);
        } catch (CredentialsException e) {
            finished(StageResult.failed(
                    ServiceStage.CREDENTIALS,
                    Failure.of(e),
                    e.problem(),
                    "Run '" + stage.explain() + "' to see why this source is used."));
        } catch (ConfigurationException e) {
            addProblems(e);
        }
    }

    private void connect(DatabaseSettings settings, CredentialsSet set, Duration limit) {
        NamedService service = NamedCaches.of(settings);
        ServiceAddress address = service.address();
        if (address != null) {
            new ServiceCheck(service, limit, null, listener, (connection, at) -> new CacheSession(
                                    connection, service, settings, at.server(), set.candidates(), listener)
                            .run())
                    .run(address);
        }
    }

    /** {@return the settings; null if they are invalid} */
    private @Nullable DatabaseSettings settings() {
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            String text = ", database " + settings.get(RedisCatalogue.DATABASE) + ", sslmode "
                    + settings.get(Settings.SSLMODE);
            finished(stage.valid(settings, request, text));
            return settings;
        } catch (ConfigurationException e) {
            addProblems(e);
            return null;
        }
    }

    private void addProblems(ConfigurationException e) {
        stage.invalid(e).forEach(this::finished);
    }

    private void finished(StageResult result) {
        listener.finished(result.in(Duration.ofNanos(System.nanoTime() - start)));
    }
}
