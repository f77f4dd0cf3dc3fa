package dev.wellhead.internal.connect;

import dev.wellhead.internal.connect.driver.DriverProperties;
import dev.wellhead.internal.connect.driver.SocketSetup;
import dev.wellhead.internal.connect.failure.Diagnosis;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.settings.DatabaseSettings;
import java.util.Random;

/** The parts that all searches for connections to one database share. */
record ConnectSetup(
        DatabaseSettings settings,
        SocketSetup sockets,
        DriverProperties properties,
        Logins logins,
        Diagnosis diagnosis,
        ConnectionEvents events,
        NameResolver resolver,
        SilentServers silent,
        ReaderRule reader,
        Random random) {}
