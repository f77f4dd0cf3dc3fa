package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the builder decides before anything is opened. */
class DatabaseBuilderTest {

    @Test
    void set_value_overridesTheEnvironmentAndHasItsOrigin() {
        DatabaseSettings settings = Databases.builder()
                .environment(Map.of("DB_HOST", "environment"))
                .set(Settings.HOST, "builder")
                .resolve();

        assertThat(settings.explain(Settings.HOST)).hasValueSatisfying(host -> {
            assertThat(host.value()).isEqualTo("builder");
            assertThat(host.origin()).isEqualTo(new Origin.BuilderCall());
            assertThat(host.shadowed())
                    .extracting(overridden -> overridden.value())
                    .containsExactly("environment", "localhost");
        });
    }

    @Test
    void set_twice_usesTheLaterValue() {
        assertThat(Databases.builder()
                        .environment(Map.of())
                        .set(Settings.MAXIMUM_POOL_SIZE, "3")
                        .set(Settings.MAXIMUM_POOL_SIZE, "4")
                        .resolve()
                        .get(Settings.MAXIMUM_POOL_SIZE))
                .isEqualTo(4);
    }

    @Test
    void set_invalidValue_isRefusedByTheNameOfTheSetting() {
        assertThatThrownBy(() -> Databases.builder()
                        .environment(Map.of())
                        .set(Settings.CONNECTION_TIMEOUT, "30")
                        .resolve())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("connectionTimeout")
                .hasMessageContaining("set on the builder");
    }

    @Test
    void environment_changedLater_isNotRead() {
        Map<String, String> environment = new HashMap<>(Map.of("DB_HOST", "before"));
        DatabaseBuilder builder = Databases.builder().environment(environment);

        environment.put("DB_HOST", "after");

        assertThat(builder.resolve().hosts().get(0).host()).isEqualTo("before");
    }

    @Test
    void credentials_provider_replacesTheConfiguredSource() {
        DatabaseSettings settings = Databases.builder()
                .environment(Map.of("ENVIRONMENT", "production", "DB_HOST", "db", "DB_NAME", "app"))
                .credentials(new Counting(new AtomicInteger()))
                .resolve();

        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Supplied());
        assertThat(settings.user()).isEmpty();
    }

    /** What the code sets overrides the configuration, and the password must not be shown as if it were used. */
    @Test
    void credentials_providerAndPassword_usesTheProvider() {
        DatabaseSettings settings = Databases.builder()
                .environment(Map.of("DB_PASSWORD", "correct-horse"))
                .credentials(new Counting(new AtomicInteger()))
                .resolve();

        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Supplied());
        assertThat(settings.find(Settings.PASSWORD)).isEmpty();
    }

    @Test
    void open_invalidSettings_closesTheProviderOnce() {
        AtomicInteger closed = new AtomicInteger();

        assertThatThrownBy(() -> Databases.builder()
                        .environment(Map.of("DB_PORT", "none"))
                        .credentials(new Counting(closed))
                        .open())
                .isInstanceOf(ConfigurationException.class);
        assertThat(closed).hasValue(1);
    }

    @Test
    void trustAnchors_severalProviders_theFirstIsUsed() {
        TrustAnchors first = TrustAnchors.ofFile(Path.of("first.crt"));
        TrustAnchors second = TrustAnchors.ofFile(Path.of("second.crt"));

        DatabaseSettings settings = Databases.builder()
                .environment(Map.of("DB_HOST", "db.example"))
                .trustAnchors(host -> Optional.empty())
                .trustAnchors(host -> Optional.of(first))
                .trustAnchors(host -> Optional.of(second))
                .resolve();

        assertThat(settings.trustAnchors()).contains(first);
        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void arguments_null_areRejectedByName() {
        DatabaseBuilder builder = Databases.builder();

        assertThatThrownBy(() -> builder.name(nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> builder.set(Settings.HOST, nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
        assertThatThrownBy(() -> builder.credentials(nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("provider");
        assertThatThrownBy(() -> builder.localDatabase(nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("provider");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a caller without null checks can pass
    private static <T> T nothing() {
        return null;
    }

    /** A provider without credentials that counts how often it is closed. */
    private record Counting(AtomicInteger closed) implements CredentialsProvider {

        @Override
        public String description() {
            return "a vault";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            throw new IllegalStateException("not opened");
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            throw new IllegalStateException("not opened");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
