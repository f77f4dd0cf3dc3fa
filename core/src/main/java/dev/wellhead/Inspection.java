package dev.wellhead;

import dev.wellhead.connect.Connector;
import dev.wellhead.pool.ConnectionPool;
import dev.wellhead.settings.DatabaseSettings;
import java.util.Map;

/**
 * What a person who looks for a fault wants to know of a database and a service never asks; the command line's
 * {@code explain} and {@code doctor} are made of it. Holds no pool.
 */
public final class Inspection {

    private Inspection() {}

    /**
     * {@return what HikariCP is given for {@code settings}, by its own names} Durations are in milliseconds. Nothing
     * sensitive is in it.
     *
     * @throws dev.wellhead.settings.ConfigurationException when no pool can be made of them
     */
    public static Map<String, String> poolProperties(DatabaseSettings settings) {
        return ConnectionPool.properties(settings);
    }

    /**
     * {@return what pgjdbc is given for a physical connection, by its own names} Nothing sensitive is in it: the password
     * travels another way. What Wellhead does itself (name resolution, deadlines, the verification of the server) is off
     * in the driver.
     */
    public static Map<String, String> driverProperties(DatabaseSettings settings) {
        return Connector.driverProperties(settings);
    }
}
