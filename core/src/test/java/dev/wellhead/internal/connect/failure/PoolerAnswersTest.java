package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolerAnswersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            08P01 | SASL authentication failed                                                              | CREDENTIALS_REFUSED
            08P01 | password authentication failed                                                          | CREDENTIALS_REFUSED
            08P01 | password authentication failed for user "app"                                           | CREDENTIALS_REFUSED
            08P01 | SCRAM authentication failed: user has MD5 secret                                        | CREDENTIALS_REFUSED
            08P01 | "trust" authentication failed                                                           | CREDENTIALS_REFUSED
            08P01 | no such user                                                                            | CREDENTIALS_REFUSED
            08P01 | no such user: app                                                                       | CREDENTIALS_REFUSED
            08P01 | server login has been failing, cached error: password authentication failed for user "app" (server_login_retry) | CREDENTIALS_REFUSED
            08P01 | server login failed: FATAL password authentication failed for user "app"                | CREDENTIALS_REFUSED
            08P01 | server login failed: wrong password type                                                | OTHER
            08P01 | server login has been failing, cached error: role "app" does not exist (server_login_retry) | CREDENTIALS_REFUSED
            28000 | This RDS proxy has no credentials for the role app. Check the credentials for this role and try again. | CREDENTIALS_REFUSED
            28000 | The password that was provided for the role app is wrong.                               | CREDENTIALS_REFUSED
            28000 | The IAM authentication failed for the role app. Check the IAM token for this role and try again. | CREDENTIALS_REFUSED
            28000 | odyssey: c1a2: incorrect password                                                       | CREDENTIALS_REFUSED
            XX000 | Tenant or user not found                                                                | CREDENTIALS_REFUSED
            08P01 | login rejected                                                                          | NOT_ADMITTED
            08P01 | SSL required                                                                            | NOT_ADMITTED
            08P01 | TLS client certificate required                                                         | NOT_ADMITTED
            08P01 | database "shop" is disabled                                                             | NOT_ADMITTED
            28000 | IAM is allowed only with SSL connections.                                               | NOT_ADMITTED
            28000 | This RDS Proxy requires TLS connections                                                 | NOT_ADMITTED
            08P01 | no such database: shop                                                                  | NO_SUCH_DATABASE
            08P01 | database "shop" does not exist                                                          | NO_SUCH_DATABASE
            08P01 | server login has been failing, cached error: database "shop" does not exist (server_login_retry) | NO_SUCH_DATABASE
            58000 | No pool configured for database: "shop", user: "app"                                    | NO_SUCH_DATABASE
            08P01 | no more connections allowed (max_client_conn)                                           | TOO_MANY_CONNECTIONS
            08P01 | query_wait_timeout                                                                      | TOO_MANY_CONNECTIONS
            08P01 | server login has been failing, cached error: sorry, too many clients already (server_login_retry) | TOO_MANY_CONNECTIONS
            08P01 | bouncer resources exhaustion                                                            | TOO_MANY_CONNECTIONS
            08000 | Timed-out waiting to acquire database connection.                                       | TOO_MANY_CONNECTIONS
            08000 | The maximum number of client connections to the proxy exceeded 100.                     | TOO_MANY_CONNECTIONS
            08000 | Rate of connection to proxy exceeded 50.                                                | TOO_MANY_CONNECTIONS
            28000 | The IAM authentication failed because of too many competing requests.                   | TOO_MANY_CONNECTIONS
            XX000 | MaxClientsInSessionMode: max clients reached                                            | TOO_MANY_CONNECTIONS
            58000 | could not get connection from the pool - AllServersDown                                 | TOO_MANY_CONNECTIONS
            08P01 | server login has been failing, try again later (server_login_retry)                     | STARTING_UP
            08P01 | server login has been failing, cached error: connect failed (server_login_retry)        | STARTING_UP
            08P01 | server login has been failing, cached error: the database system is starting up (server_login_retry) | STARTING_UP
            08P01 | client_login_timeout (server down)                                                      | STARTING_UP
            08P01 | pgbouncer cannot connect to server                                                      | STARTING_UP
            08P01 | server conn crashed?                                                                    | STARTING_UP
            08P01 | the database system is shutting down                                                    | STARTING_UP
            57000 | all backend nodes are down, pgpool requires at least one valid node                     | STARTING_UP
            """)
    void kind_answerOfAPooler_isTheOneOfTheServer(String state, String text, FailureKind kind) {
        assertThat(PoolerAnswers.kind(state, null, text)).isEqualTo(kind);
    }

    /** PostgreSQL's own messages are in the server's language, and its SQLSTATE is exact. */
    @Test
    void kind_answerOfPostgresql_isNotDecidedByItsText() {
        assertThat(PoolerAnswers.kind("08P01", "ProcessStartupPacket", "password authentication failed"))
                .isNull();
        assertThat(PoolerAnswers.kind("3D000", null, "password authentication failed"))
                .isNull();
    }

    @Test
    void kind_otherText_isUnknown() {
        assertThat(PoolerAnswers.kind("08P01", null, "unsupported startup parameter: search_path"))
                .isNull();
        assertThat(PoolerAnswers.kind("28000", null, "no pg_hba.conf entry for host \"10.0.0.1\""))
                .isNull();
    }
}
