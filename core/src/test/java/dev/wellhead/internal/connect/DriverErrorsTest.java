package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.PostgresServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that are thrown while the driver processes an answer of the server. */
class DriverErrorsTest {

    private final PostgresServer server = PostgresServer.shared();

    @ParameterizedTest
    @ValueSource(classes = {NoClassDefFoundError.class, StackOverflowError.class, AssertionError.class})
    void open_errorInsideTheDriver_isAFailureThatNamesIt(Class<? extends Error> type) throws Exception {
        Error broken = type.getConstructor().newInstance();
        ConnectSteps steps = new ConnectSteps() {
            @Override
            public void authenticating(String method, String user, String label) {
                throw broken;
            }
        };
        Connector connector = Connecting.to(server).connector();

        Throwable thrown = catchThrowable(
                () -> connector.open(new HostAndPort(server.host(), server.port()), Connecting.BUDGET, steps));

        assertThat(thrown)
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("the driver failed to process its answer: " + type.getSimpleName() + ".");
    }
}
