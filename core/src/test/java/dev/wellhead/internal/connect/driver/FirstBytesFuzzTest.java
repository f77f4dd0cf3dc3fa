package dev.wellhead.internal.connect.driver;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import java.io.IOException;

/** Checks any bytes that a server sends before the session is ready, in one piece and byte by byte. */
class FirstBytesFuzzTest {

    private static final LoginPolicy ANY_METHOD = new LoginPolicy(null, false, false);
    private static final LoginPolicy TOKENS = new LoginPolicy(null, true, true);

    @FuzzTest
    void bytes_any_areAcceptedOrRefusedWhateverTheirPieces(byte[] input) {
        requireSameInPieces(input, ANY_METHOD);
        requireSameInPieces(input, TOKENS);
    }

    private static void requireSameInPieces(byte[] input, LoginPolicy policy) {
        String whole = outcome(input, policy, input.length);
        String inPieces = outcome(input, policy, 1);
        if (!whole.equals(inPieces)) {
            throw new AssertionError(whole + " in one piece, but " + inPieces + " byte by byte");
        }
    }

    private static String outcome(byte[] input, LoginPolicy policy, int size) {
        FirstBytes bytes = FirstBytes.ofMessages(policy);
        try {
            for (int i = 0; i < input.length; i += size) {
                bytes.received(input, i, size);
            }
            return "accepted";
        } catch (NotPostgresqlException e) {
            // names another protocol only if a piece contains its name
            ShownText.requireHarmless(e);
            return "not PostgreSQL";
        } catch (LoginRuleException e) {
            ShownText.requireHarmless(e);
            return e.rule() + ": " + e.predicate();
        } catch (IOException e) {
            throw new AssertionError("another exception", e);
        }
    }
}
