package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that code called by the driver throws. */
class DriverErrorsTest {

    @ParameterizedTest
    @ValueSource(classes = {NoClassDefFoundError.class, StackOverflowError.class, AssertionError.class})
    void open_errorInsideTheDriver_isAFailureWithTheErrorAsCause(Class<? extends Error> type) throws Exception {
        Error broken = type.getConstructor().newInstance();
        Connecting connecting = Connecting.to(PostgresServer.shared());
        Throwable thrown = catchThrowable(
                () -> connecting.with(new BrokenRefresh(broken)).connector().open(Connecting.BUDGET));

        assertThat(thrown).isInstanceOf(ConnectionFailedException.class).hasRootCause(broken);
        assertThat(thrown)
                .hasMessageContaining("the driver failed to process its answer: " + type.getSimpleName() + ".");
    }

    /** Serves a login that is outdated when the server asks for it, and fails to refresh it. */
    private record BrokenRefresh(Error broken) implements CredentialsProvider {

        @Override
        public String description() {
            return "broken refresh";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return ScriptedCredentials.set(1, "postgres");
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            throw broken;
        }
    }
}
