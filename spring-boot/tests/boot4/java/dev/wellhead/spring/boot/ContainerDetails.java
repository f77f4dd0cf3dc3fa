package dev.wellhead.spring.boot;

import dev.wellhead.testkit.PostgresServer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Connection details as Testcontainers and Docker Compose supply them. The interface has another package in Spring Boot 3. */
final class ContainerDetails implements JdbcConnectionDetails {

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
