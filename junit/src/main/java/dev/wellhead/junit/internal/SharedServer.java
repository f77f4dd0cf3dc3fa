package dev.wellhead.junit.internal;

import dev.wellhead.junit.internal.clone.DatabaseCopy;
import dev.wellhead.junit.internal.clone.TemplateSource;
import dev.wellhead.junit.internal.clone.TestServer;
import dev.wellhead.junit.internal.clone.TestServerException;
import dev.wellhead.settings.ConfigurationException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of a test run, which is opened when the first test needs it. A failure is reported once with its cause; later
 * tests that fail for the same reason report one line. Thread-safe.
 */
@SuppressWarnings("deprecation")
final class SharedServer implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    private final Set<Throwable> reported = ConcurrentHashMap.newKeySet();
    private @Nullable TestServer server;
    private @Nullable Exception failure;

    /** {@return an open copy of a template} */
    DatabaseCopy copy(TemplateSource source) {
        try {
            return open().template(source).take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExtensionConfigurationException("The thread was interrupted while it waited for a database.", e);
        } catch (TestServerException | SQLException | ConfigurationException e) {
            throw report(e);
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
    }

    private synchronized TestServer open() throws TestServerException, SQLException {
        if (failure instanceof TestServerException e) {
            throw e;
        } else if (failure instanceof SQLException e) {
            throw e;
        } else if (failure instanceof ConfigurationException e) {
            throw e;
        }
        if (server == null) {
            try {
                server = TestServer.open();
            } catch (TestServerException | SQLException | ConfigurationException e) {
                failure = e;
                throw e;
            }
        }
        return server;
    }

    private ExtensionConfigurationException report(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (reported.add(e)) {
            return new ExtensionConfigurationException(message, e);
        }
        ExtensionConfigurationException again =
                new ExtensionConfigurationException(message.lines().findFirst().orElse("")
                        + " (The first test that needed this database has the details.)");
        again.setStackTrace(new StackTraceElement[0]);
        return again;
    }
}
