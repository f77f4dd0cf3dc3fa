package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SafeCausesTest {

    @Test
    void of_safeChain_isTheSameObject() {
        IOException safe = new IOException("reset", new IllegalStateException("closed"));

        assertThat(SafeCauses.of(safe)).isSameAs(safe);
        assertThat(SafeCauses.of(null)).isNull();
    }

    @Test
    void of_unsafeCause_isReplacedWithTypeNameAndStackTrace() {
        IOException unsafe = new IOException("outer", new IllegalStateException("a\u001b[2J\nb"));

        Throwable safe = safe(unsafe);

        assertThat(safe).hasMessage("java.io.IOException: outer");
        assertThat(safe.getStackTrace()).isEqualTo(unsafe.getStackTrace());
        assertThat(safe.getCause()).hasMessage("java.lang.IllegalStateException: a?[2J b");
        assertThat(printed(safe)).doesNotContain("\u001b");
    }

    @Test
    void of_sqlException_keepsStateAndCode() {
        Throwable restated = SafeCauses.of(new SQLException("a\rb", "57014", 7));

        assertThat(restated).isInstanceOfSatisfying(SQLException.class, safe -> {
            assertThat((Throwable) safe).hasMessage("a b");
            assertThat(safe.getSQLState()).isEqualTo("57014");
            assertThat(safe.getErrorCode()).isEqualTo(7);
        });
    }

    @Test
    void of_unsafeSuppressedOrNextException_isNotPrinted() {
        SQLException thrown = new SQLException("outer");
        thrown.setNextException(new SQLException("next \u009b"));
        IOException suppressing = new IOException("outer");
        suppressing.addSuppressed(new IOException("suppressed \u202e"));

        assertThat((Throwable) ((SQLException) safe(thrown)).getNextException()).isNull();
        assertThat(printed(safe(suppressing))).contains("suppressed ?");
    }

    @Test
    void of_longMessageOfOurs_isTheSameObject() {
        Exception ours = new IOException("reset", new CredentialsException("a ".repeat(500)));

        assertThat(SafeCauses.of(ours)).isSameAs(ours);
    }

    @Test
    void of_causesInACycle_ends() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);

        assertThat(printed(safe(first))).contains("first", "second");
    }

    private static Throwable safe(Throwable thrown) {
        return Objects.requireNonNull(SafeCauses.of(thrown));
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
