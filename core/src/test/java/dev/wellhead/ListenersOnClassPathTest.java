package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class ListenersOnClassPathTest {

    private static final AtomicInteger OPENED = new AtomicInteger();

    @Test
    void open_factoriesThatFail_areLoggedAndTheOthersAreNotified(@TempDir Path directory) throws Exception {
        PostgresServer server = PostgresServer.shared();
        OPENED.set(0);
        ServicesOnClassPath services = ServicesOnClassPath.in(
                directory, DatabaseListenerFactory.class, MissesItsLibrary.class, MakesNothing.class, Works.class);
        Map<String, String> environment = Map.of(
                "DB_HOST",
                server.host(),
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                "postgres",
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD);
        try (LogCapture log = LogCapture.start();
                Database database = services.call(
                        () -> Databases.builder().environment(environment).open());
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(2)).isTrue();
            assertThat(OPENED).hasPositiveValue();
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            directory + " lists as a provider of DatabaseListenerFactory "
                                    + MissesItsLibrary.class.getName()
                                    + ", which cannot be created, because of java.lang.NoSuchMethodError (getOrNothing). The"
                                    + " database opens without this listener.",
                            MakesNothing.class.getName() + ", which is on the class path, cannot create a listener. The"
                                    + " database opens without this listener.");
            assertThat(log.text())
                    .contains("NoSuchMethodError: getOrNothing", "IllegalStateException: no configuration");
        }
    }

    public static final class MissesItsLibrary implements DatabaseListenerFactory {

        public MissesItsLibrary() {
            throw new NoSuchMethodError("getOrNothing");
        }

        @Override
        public DatabaseListener create(DatabaseSettings settings) {
            return new DatabaseListener() {};
        }
    }

    public static final class MakesNothing implements DatabaseListenerFactory {

        @Override
        public DatabaseListener create(DatabaseSettings settings) {
            throw new IllegalStateException("no configuration");
        }
    }

    public static final class Works implements DatabaseListenerFactory {

        @Override
        public DatabaseListener create(DatabaseSettings settings) {
            return new DatabaseListener() {
                @Override
                public void connectionOpened(ConnectionOpened event) {
                    OPENED.incrementAndGet();
                }
            };
        }
    }
}
