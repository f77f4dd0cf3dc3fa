package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.testkit.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failed attempt to open a database leaves behind: nothing listens on the port, so each attempt fails. */
class DatabaseOpenerTest {

    private final List<String> events = new ArrayList<>();
    private final DatabaseSettings settings =
            Resolve.settings(Resolve.request("DB_HOST=127.0.0.1 DB_SSLMODE=disable DB_PORT=" + FreePort.find())
                    .credentialsSupplied());

    @Test
    void open_noServer_closesTheProviderThenNotifiesTheListener() {
        assertThatThrownBy(() ->
                        new DatabaseOpener(new Provider(), List.of(new Recorder()), List.of(), null).open(settings))
                .isInstanceOf(ConnectionFailedException.class);

        assertThat(events).containsExactly("prepare", "current", "failed", "close", "databaseClosed");
    }

    @Test
    void open_listenerFactoryOfTheBuilderFails_closesTheProvider() {
        DatabaseListenerFactory failing = resolved -> {
            throw new IllegalStateException("no licence");
        };

        assertThatThrownBy(() -> new DatabaseOpener(new Provider(), List.of(), List.of(failing), null).open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no licence");
        assertThat(events).containsExactly("prepare", "close");
    }

    @Test
    void open_factoryOfTheBuilder_getsTheSettings() {
        List<DatabaseSettings> received = new ArrayList<>();
        DatabaseListenerFactory factory = resolved -> {
            received.add(resolved);
            return new Recorder();
        };

        assertThatThrownBy(() -> new DatabaseOpener(new Provider(), List.of(), List.of(factory), null).open(settings))
                .isInstanceOf(ConnectionFailedException.class);
        assertThat(received).containsExactly(settings);
        assertThat(events).contains("failed", "databaseClosed");
    }

    @Test
    void open_providerWhoseCloseFails_keepsTheFailureOfTheStart() {
        Provider provider = new Provider() {
            @Override
            public void close() {
                super.close();
                throw new IllegalStateException("still busy");
            }
        };

        assertThatThrownBy(() -> new DatabaseOpener(provider, List.of(), List.of(), null).open(settings))
                .isInstanceOfSatisfying(ConnectionFailedException.class, e -> assertThat(e.getSuppressed())
                        .hasSize(1)
                        .allSatisfy(suppressed -> assertThat(suppressed).hasMessage("still busy")));
        assertThat(events).containsOnlyOnce("close");
    }

    /** Settings that were resolved for a provider need one. */
    @Test
    void open_suppliedCredentialsWithoutAProvider_isRefused() {
        assertThatThrownBy(() -> new DatabaseOpener(null, List.of(), List.of(), null).open(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DatabaseBuilder.credentials");
    }

    private class Provider implements CredentialsProvider {

        @Override
        public void prepare() {
            events.add("prepare");
        }

        @Override
        public String description() {
            return "a vault";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            if (!events.contains("current")) {
                events.add("current");
            }
            return CredentialsSet.of(1, List.of(Credentials.of("app", "pw", "current")));
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return refused;
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    private final class Recorder implements DatabaseListener {

        @Override
        public void connectionFailed(ConnectionFailed event) {
            events.add("failed");
        }

        @Override
        public void databaseClosed() {
            events.add("databaseClosed");
        }
    }
}
