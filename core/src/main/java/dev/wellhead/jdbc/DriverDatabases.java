package dev.wellhead.jdbc;

import dev.wellhead.internal.open.DatabaseOpener;
import dev.wellhead.internal.open.UnpooledDatabase;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.settings.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverAction;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The databases that the driver has connected to. All connects with the same URL and properties share their settings and
 * credentials. Thread-safe.
 */
final class DriverDatabases implements DriverAction {

    /** An application that generates URLs must not fill the memory. The database that was not used for longest is closed. */
    private static final int MOST = 64;

    /** The keys are hashes, because a URL or a property may contain a password. */
    private final Map<String, Slot> open = new LinkedHashMap<>(4, 0.75f, true);

    /** The database of one key. A database that takes long to open blocks only the connects that need it. */
    private static final class Slot {

        private @Nullable UnpooledDatabase database;

        synchronized UnpooledDatabase get(String url, Properties info) throws SQLException {
            UnpooledDatabase opened = database;
            if (opened == null) {
                opened = open(url, info);
                database = opened;
            }
            return opened;
        }

        synchronized void close() {
            if (database != null) {
                database.close();
                database = null;
            }
        }
    }

    /** {@return a new connection; the caller closes it} */
    Connection connect(String url, Properties info) throws SQLException {
        UnpooledDatabase database = database(url, info);
        int loginTimeout = DriverManager.getLoginTimeout();
        return loginTimeout > 0 ? database.connect(Duration.ofSeconds(loginTimeout)) : database.connect();
    }

    private UnpooledDatabase database(String url, Properties info) throws SQLException {
        String key = key(url, info);
        Slot slot;
        Slot eldest = null;
        synchronized (open) {
            slot = open.computeIfAbsent(key, unknown -> new Slot());
            if (open.size() > MOST) {
                Iterator<Slot> slots = open.values().iterator();
                eldest = slots.next();
                slots.remove();
            }
        }
        if (eldest != null) {
            eldest.close();
        }
        return slot.get(url, info);
    }

    private static UnpooledDatabase open(String url, Properties info) throws SQLException {
        try {
            return new DatabaseOpener(null, List.of(), List.of(), null)
                    .openUnpooled(SettingsResolver.resolve(DriverRequest.of(url, info)));
        } catch (ConfigurationException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    private static String key(String url, Properties info) {
        StringBuilder text = new StringBuilder(url);
        for (String name : new TreeSet<>(info.stringPropertyNames())) {
            text.append('\0').append(name).append('\0').append(info.getProperty(name));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Called when the driver is removed. Closes every database. Connections that are open keep working. A later connect opens its database again. */
    @Override
    public void deregister() {
        List<Slot> closing;
        synchronized (open) {
            closing = new ArrayList<>(open.values());
            open.clear();
        }
        closing.forEach(Slot::close);
    }
}
