package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.TargetServerType;
import java.sql.Connection;
import java.time.Clock;

/**
 * An open session and the data that its stages need.
 *
 * @param settings the settings of the connection, which accept a server of any role
 * @param target the type of server that is configured
 * @param server the server
 * @param connection an open connection to it
 * @param instances the number of service instances that share the server
 * @param clock this machine's clock
 */
record CheckedSession(
        DatabaseSettings settings,
        TargetServerType target,
        HostAndPort server,
        Connection connection,
        int instances,
        Clock clock) {}
