package dev.wellhead.internal.connect.failure;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.ServerFailure;
import dev.wellhead.testkit.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Classifies any ErrorResponse of a server. The input is its fields: a letter, a text and a NUL each. */
class ServerAnswerFuzzTest {

    private static final HostAndPort SERVER = new HostAndPort("db", 5432);
    private static final DatabaseSettings SETTINGS =
            Connecting.to(SERVER.host(), SERVER.port()).settings();
    private static final ServerAnswer ANSWERS = new ServerAnswer(SETTINGS, new Advice(SETTINGS), "configuration");
    private static final int LONGEST = 4_000;

    @FuzzTest
    void error_anyFields_isClassifiedWithAShortMessageWithoutControlCharacters(byte[] input) {
        ServerErrorMessage answer;
        try {
            answer = new ServerErrorMessage(new String(input, StandardCharsets.UTF_8));
        } catch (RuntimeException refusedByDriver) {
            return;
        }
        PSQLException thrown = new PSQLException(answer);
        FailedStep step = new FailedStep(SETTINGS, SERVER, ConnectStage.AUTHENTICATION, thrown, false);

        ServerFailure failure = ANSWERS.classify(step, answer, "app", false, null);
        ConnectionFailedException exception = FailureMessage.exception(List.of(failure));

        ShownText.requireHarmless(failure.reason());
        ShownText.requireHarmless(failure.fixes());
        ShownText.requireHarmless(exception);
        int length = String.valueOf(exception.getMessage()).length();
        if (length > LONGEST) {
            throw new AssertionError("a message of " + length + " characters");
        }
    }
}
