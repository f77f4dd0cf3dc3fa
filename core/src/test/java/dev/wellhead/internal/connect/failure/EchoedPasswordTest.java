package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class EchoedPasswordTest {

    private static final String PASSWORD = "hunter-4711";

    @Test
    void removed_messageWithoutThePassword_isTheExceptionItself() {
        SQLException thrown = new SQLException("no", "28P01");

        assertThat(EchoedPassword.removed(thrown, PASSWORD, "app")).isSameAs(thrown);
    }

    @Test
    void removed_passwordAnywhereInTheException_isReplacedWithTheSameSqlState() {
        SQLException inCause = new SQLException("no", "28P01", new IOException("got " + PASSWORD));
        SQLException inSuppressed = new SQLException("no", "28000");
        inSuppressed.addSuppressed(new SQLException(PASSWORD));

        assertThat(EchoedPassword.removed(new SQLException("not " + PASSWORD, "XX000"), PASSWORD))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining("the server's message contains the password and is not shown");
        assertThat(EchoedPassword.removed(inCause, PASSWORD)).hasNoCause();
        assertThat(EchoedPassword.removed(inSuppressed, PASSWORD)).hasNoSuppressedExceptions();
    }

    @Test
    void removed_passwordThatIsPartOfAKnownName_isNotLookedFor() {
        SQLException thrown = new SQLException("password authentication failed for user \"postgres\"", "28P01");

        assertThat(EchoedPassword.removed(thrown, "postgres", "postgres")).isSameAs(thrown);
    }

    @Test
    void removed_emptyPassword_isNotLookedFor() {
        SQLException thrown = new SQLException("no", "28P01");

        assertThat(EchoedPassword.removed(thrown, "")).isSameAs(thrown);
    }
}
