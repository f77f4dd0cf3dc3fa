package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two secrets: one for the service, which also names the server, and one for the role that migrates. */
@Timeout(180)
class MigrationSecretTest {

    private final PostgresServer postgres = PostgresServer.shared();

    @TempDir
    private Path home;

    /** The rotation of the owner is between the change of the password and the end: only AWSPENDING is right. */
    @Test
    void migrations_secretOfTheirOwn_logsInWithItAndFindsThePendingPassword() throws Exception {
        postgres.createRole("secret_service", "of-the-service");
        postgres.createRole("secret_owner", "new-of-the-owner");
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put(
                    "prod/service",
                    "{\"host\":\"" + postgres.host() + "\",\"port\":" + postgres.port()
                            + ",\"dbname\":\"postgres\",\"username\":\"secret_service\",\"password\":\"of-the-service\"}");
            store.put("prod/owner", "{\"username\":\"secret_owner\",\"password\":\"old-of-the-owner\"}");
            store.createPending("prod/owner", "{\"username\":\"secret_owner\",\"password\":\"new-of-the-owner\"}");
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("ENVIRONMENT", "test");
            environment.put("DB_SECRET_ID", "prod/service");
            environment.put("DB_MIGRATION_SECRET_ID", "prod/owner");
            environment.put("AWS_REGION", "eu-west-1");
            environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
            environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
            environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
            environment.put("AWS_EC2_METADATA_DISABLED", "true");

            try (ChildJvm child = ChildJvm.start(home, environment, Program.class.getName())) {
                assertThat(child.end()).as(child.output()).isZero();
                assertThat(child.output())
                        .contains("service: secret_service", "migrations: secret_owner")
                        .doesNotContain("of-the-");
            }
        }
    }

    /** A service that migrates when it starts. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws SQLException {
            try (Database database = Databases.fromEnvironment()) {
                System.out.println("service: " + user(database));
                System.out.println("migrations: " + user(database.migrations()));
            }
        }

        private static String user(DataSource source) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select current_user")) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
