package dev.wellhead.internal.connect;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.ShownText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server that answers a login with any bytes and then ends the connection. */
class LoginAnswersFuzzTest {

    private static AnsweringServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new AnsweringServer();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @FuzzTest
    void answer_anyBytes_endsInASessionOrAFailureThatShowsNothing(byte[] input) {
        if (ShownText.showsMark(new String(input, StandardCharsets.ISO_8859_1))) {
            // Jazzer copies parts of the password into its input, but a real server does not have it.
            return;
        }
        BugDetectors.allowNetworkConnections();
        server.answer(input);
        Connector connector = Connecting.to(server.host(), server.port())
                .with("DB_REQUIRE_AUTH", "scram-sha-256")
                .with(CredentialsProvider.fixed("postgres", ShownText.MARK))
                .connector();
        try {
            connector.open(Connecting.BUDGET).close();
        } catch (ConnectionFailedException e) {
            ShownText.requireHarmless(e);
        } catch (SQLException e) {
            throw new AssertionError("not a failure of the connect", e);
        }
        if (ShownText.showsMark(server.received())) {
            throw new AssertionError("The server received the password.");
        }
    }
}
