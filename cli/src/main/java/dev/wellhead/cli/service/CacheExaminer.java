package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.open.CredentialsChoice;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Examines a cache as {@code wellhead-redis} would open it: the same settings, credentials and verification of the server.
 * Changes nothing in the cache. For one examination.
 */
final class CacheExaminer {

    private static final String HINT = "Run 'wellhead explain --service cache' to see all settings.";

    private final SettingsRequest request;
    private final Consumer<StageResult> listener;
    private long start = System.nanoTime();

    /** @param listener receives each result when it is known */
    CacheExaminer(SettingsRequest request, Consumer<StageResult> listener) {
        this.request = request.of(RedisCatalogue.REDIS);
        this.listener = listener;
    }

    /** Runs the stages until one fails. */
    void run() {
        DatabaseSettings settings = settings();
        if (settings == null) {
            return;
        }
        start = System.nanoTime();
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
            finished(StageResult.failed(ServiceStage.CREDENTIALS, Failure.of(e), e.problem(), HINT));
        } catch (ConfigurationException e) {
            addProblems(e);
        }
    }

    private void connect(DatabaseSettings settings, CredentialsSet set, Duration limit) {
        NamedService service = NamedCaches.of(settings, "");
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
            List<String> warnings = new ArrayList<>(settings.warnings());
            for (NearMiss nearMiss : SettingsResolver.nearMisses(request)) {
                if (!warnings.contains(nearMiss.message())) {
                    warnings.add(nearMiss.message());
                }
            }
            String text = settings.all().size() + " settings are valid, database "
                    + settings.get(RedisCatalogue.DATABASE) + ", sslmode " + settings.get(Settings.SSLMODE);
            finished((warnings.isEmpty()
                            ? StageResult.ok(ServiceStage.SETTINGS, text)
                            : StageResult.warning(
                                    ServiceStage.SETTINGS, text + ". " + String.join(" ", warnings), HINT))
                    .with("warnings", warnings));
            return settings;
        } catch (ConfigurationException e) {
            addProblems(e);
            return null;
        }
    }

    /** Adds one failed result per problem, so that each has its own fix. */
    private void addProblems(ConfigurationException e) {
        for (Problem problem : e.problems()) {
            finished(StageResult.failed(ServiceStage.SETTINGS, Failure.of(problem), problem.message(), HINT)
                    .with("code", problem.code().value())
                    .with("setting", problem.setting()));
        }
    }

    private void finished(StageResult result) {
        listener.accept(result.in(Duration.ofNanos(System.nanoTime() - start)));
    }
}
