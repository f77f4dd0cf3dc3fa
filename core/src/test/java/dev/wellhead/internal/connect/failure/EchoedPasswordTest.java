package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoedPasswordTest {

    private static final String PASSWORD = "hunter-4711";

    @Test
    void isIn_messageWithoutThePassword_isFalse() {
        assertThat(EchoedPassword.of("password", PASSWORD, "app").isIn(new SQLException("no", "28P01")))
                .isFalse();
    }

    @Test
    void isIn_passwordAnywhereInTheException_isTrue() {
        EchoedPassword echoed = EchoedPassword.of("scram-sha-256", PASSWORD, "app");
        SQLException inSuppressed = new SQLException("no", "28000");
        inSuppressed.addSuppressed(new SQLException(PASSWORD));

        assertThat(echoed.isIn(new SQLException("not " + PASSWORD, "XX000"))).isTrue();
        assertThat(echoed.isIn(new SQLException("no", "28P01", new IOException("got " + PASSWORD))))
                .isTrue();
        assertThat(echoed.isIn(inSuppressed)).isTrue();
    }

    @Test
    void isIn_noPasswordRequested_isFalse() {
        assertThat(EchoedPassword.of(null, PASSWORD, "app").isIn(new SQLException("not " + PASSWORD)))
                .isFalse();
    }

    @Test
    void isIn_passwordThatIsPartOfAKnownName_isFalse() {
        assertThat(EchoedPassword.of("password", "postgres", "postgres")
                        .isIn(new SQLException("password authentication failed for user \"postgres\"")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "id"})
    void isIn_passwordOfVeryFewCharacters_isFalse(String password) {
        assertThat(EchoedPassword.of("password", password, "app").isIn(new SQLException("a bad id")))
                .isFalse();
    }

    @Test
    void isIn_ordinaryWordThatWasNotSentInClearText_isFalse() {
        assertThat(EchoedPassword.of("scram-sha-256", "permission", "app")
                        .isIn(new SQLException("permission denied for database \"ledger\"")))
                .isFalse();
    }

    @Test
    void isIn_ordinaryWordSentInClearText_isTrueForTheWholeWordOnly() {
        EchoedPassword echoed = EchoedPassword.of("password", "root", "app");

        assertThat(echoed.isIn(new SQLException("the uprooted rooted roots"))).isFalse();
        assertThat(echoed.isIn(new SQLException("rooted, you sent 'root'"))).isTrue();
    }
}
