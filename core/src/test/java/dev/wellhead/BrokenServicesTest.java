package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.tls.TrustAnchors;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules on the class path that do not work: the configuration is refused with the place of the module. */
class BrokenServicesTest {

    private static final Map<String, String> REMOTE =
            Map.of("ENVIRONMENT", "local", "DB_HOST", "db.example", "DB_PASSWORD", "pw", "DB_SSLMODE", "verify-full");

    @TempDir
    private Path directory;

    static Stream<Arguments> services() {
        return Stream.of(
                Arguments.of(TrustAnchorsProvider.class, (Callable<?>) () -> Databases.resolve(REMOTE)),
                Arguments.of(CredentialsProviderFactory.class, (Callable<?>)
                        () -> Databases.resolve(Map.of("DB_AUTH", "vault"))),
                Arguments.of(CredentialsProviderFactory.class, (Callable<?>)
                        () -> Databases.open(Databases.resolve(Map.of("DB_SECRET_ID", "prod/app")))),
                Arguments.of(LocalDatabaseProvider.class, (Callable<?>)
                        () -> Databases.open(Databases.resolve(Map.of("DB_PORT", Integer.toString(FreePort.find()))))));
    }

    @ParameterizedTest
    @MethodSource("services")
    void entry_ofAMissingClass_isTheOnlyProblem(Class<?> service, Callable<?> action) throws Exception {
        ServicesOnClassPath services = ServicesOnClassPath.listing(directory, service, List.of("vendor.Absent"));

        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> services.call(action));

        assertThat(refused.problems())
                .containsExactly(Problem.of(
                        ProblemCode.PROVIDER,
                        service.getName(),
                        directory + " lists as a provider of " + service.getSimpleName()
                                + " vendor.Absent, which is not on the class path.",
                        List.of(),
                        List.of("Add the jar that has the class, or remove the entry: META-INF/services/"
                                + service.getName() + ".")));
    }

    static Stream<Class<?>> failingAnchors() {
        return Stream.of(FailingAnchors.class, NoAnchors.class);
    }

    @ParameterizedTest
    @MethodSource("failingAnchors")
    void trustAnchorsProvider_thatFails_isAProblemOfTheConfiguration(Class<?> failing) throws Exception {
        ServicesOnClassPath services = ServicesOnClassPath.in(directory, TrustAnchorsProvider.class, failing);

        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> services.call(() -> Databases.resolve(REMOTE)));

        assertThat(refused.problems())
                .extracting(Problem::message)
                .containsExactly(failing.getName() + ", which supplies root certificates, failed for host 'db.example'"
                        + " with java.lang.NullPointerException.");
    }

    @Test
    void credentialsFactory_whoseDeclarationFails_isAProblemOfTheConfiguration() throws Exception {
        ServicesOnClassPath services =
                ServicesOnClassPath.in(directory, CredentialsProviderFactory.class, FailingFactory.class);

        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> services.call(() -> Databases.resolve(Map.of("DB_AUTH", "vault"))));

        assertThat(refused.problems())
                .extracting(Problem::message)
                .containsExactly(FailingFactory.class.getName()
                        + ", which declares words of auth, failed with java.lang.NoSuchMethodError.");
    }

    /** Fails for every host. */
    public static final class FailingAnchors implements TrustAnchorsProvider {

        @Override
        public Optional<TrustAnchors> trustAnchorsFor(String host) {
            throw new NullPointerException("host");
        }
    }

    /** Returns null. */
    public static final class NoAnchors implements TrustAnchorsProvider {

        @Override
        @SuppressWarnings({"NullAway", "NullOptional"}) // the defect of this module
        public Optional<TrustAnchors> trustAnchorsFor(String host) {
            return null;
        }
    }

    /** Fails before it can be asked for credentials. */
    public static final class FailingFactory implements CredentialsProviderFactory {

        @Override
        public String description() {
            return "a failing module";
        }

        @Override
        public List<Authentication> authentications() {
            throw new NoSuchMethodError("of");
        }

        @Override
        public Optional<CredentialsProvider> create(CredentialsRequest request) {
            return Optional.empty();
        }
    }
}
