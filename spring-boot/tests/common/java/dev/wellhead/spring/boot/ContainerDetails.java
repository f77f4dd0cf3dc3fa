package dev.wellhead.spring.boot;

import dev.wellhead.testkit.PostgresServer;

/** Connection details as Testcontainers and Docker Compose supply them. */
final class ContainerDetails implements BootConnectionDetails {

    @Override
    public String getUsername() {
        return PostgresServer.SUPERUSER;
    }

    @Override
    public String getPassword() {
        return PostgresServer.SUPERUSER_PASSWORD;
    }

    @Override
    public String getJdbcUrl() {
        return PostgresServer.shared().jdbcUrl() + "?loggerLevel=OFF";
    }
}
