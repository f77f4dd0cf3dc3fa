package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** Text that a server sends before the session is ready, in messages and in the whole chain of causes. */
class OutsideTextTest {

    private static final String HOSTILE =
            "red \u001b[31m title \u001b]0;x\u0007 csi \u009b2J override \u202egnp.exe isolate \u2066 mark \u200f tag"
                    + " \udb40\udc41 bom \ufeff zero\u200bwidth nul-like \u0001 end\r\n2026-11-28 ERROR forged\u2028line";

    @ParameterizedTest
    @ValueSource(strings = {"28000", "28P01", "3D000", "53300", "57P03", "42501", "08P01", "XX000"})
    void errorResponse_hostileText_isSafeInTheWholeChain(String state) {
        try (HostileServer hostile = HostileServer.answering(state, HOSTILE, HOSTILE)) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.getSQLState()).isEqualTo(state);
            assertSafe(failure);
        }
    }

    @Test
    void errorResponse_hostileText_keepsTypeAndFieldsOfTheCause() {
        try (HostileServer hostile = HostileServer.answering("53300", "too many\u001b[2J\nforged", "InitPostgres")) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.failures().get(0).reason()).isEqualTo("it has no free connection: too many?[2J forged");
            assertThat(failure.getCause()).isInstanceOfSatisfying(PSQLException.class, cause -> {
                assertThat(cause.getSQLState()).isEqualTo("53300");
                assertThat(cause.getServerErrorMessage().getMessage()).isEqualTo("too many?[2J forged");
                assertThat(cause.getServerErrorMessage().getRoutine()).isEqualTo("InitPostgres");
                assertThat(cause.getStackTrace()).isNotEmpty();
            });
        }
    }

    @Test
    void errorResponse_longText_isCut() {
        try (HostileServer hostile = HostileServer.answering("XX000", "x".repeat(20_000), "auth")) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.getMessage()).hasSizeLessThan(700);
            assertThat(failure.getCause()).message().hasSizeLessThan(400);
        }
    }

    @Test
    void errorResponse_sqlStateThatIsNone_isReplaced() {
        try (HostileServer hostile = HostileServer.answering("\u001b[2J!", "no", "auth")) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.getSQLState()).isEqualTo("08001");
            assertSafe(failure);
        }
    }

    @Test
    void user_hostileName_isSafeInTheMessage() {
        try (HostileServer hostile = HostileServer.answering("28P01", "no", "auth_failed")) {
            ConnectionFailedException failure = Connecting.to(hostile.host(), hostile.port())
                    .with(CredentialsProvider.fixed(HOSTILE + "x".repeat(30_000), "pw"))
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
            assertThat(failure.getMessage()).hasSizeLessThan(1000).contains("Check the user and the password");
            assertSafe(failure);
        }
    }

    @ParameterizedTest
    @CsvSource({"root", "certificate", "a", "refused", "password", "postgres"})
    void passwordThatIsAnOrdinaryWord_answerBeforeThePassword_isShown(String password) {
        try (HostileServer hostile = HostileServer.answering(
                "28000",
                "no pg_hba.conf entry: a root certificate is required, password refused",
                "ClientAuthentication")) {
            ConnectionFailedException failure = Connecting.to(hostile.host(), hostile.port())
                    .with(CredentialsProvider.fixed("app", password))
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
            assertThat(failure.failures().get(0).reason())
                    .isEqualTo(
                            "it does not permit this login without TLS: no pg_hba.conf entry: a root certificate is required,"
                                    + " password refused");
        }
    }

    @Test
    void passwordRepeatedByTheServer_isHiddenWithoutAChangeOfTheDiagnosis() {
        try (HostileServer hostile =
                HostileServer.repeating("28000", "no pg_hba.conf entry for hunter-4711", "ClientAuthentication")) {
            ConnectionFailedException failure = Connecting.to(hostile.host(), hostile.port())
                    .with(CredentialsProvider.fixed("app", "hunter-4711"))
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
            assertThat(failure.getSQLState()).isEqualTo("28000");
            assertThat(failure.failures().get(0).reason())
                    .isEqualTo(
                            "it does not permit this login without TLS: the server's message contains the password and"
                                    + " is not shown");
            assertThat((Throwable) failure).hasStackTraceContaining("is not shown");
        }
    }

    /** Checks every message that a log of the exception prints. Line breaks are those of the layout. */
    private static void assertSafe(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage()).codePoints().filter(c -> c != '\n'))
                    .allMatch(SafeText::isReadable);
            assertThat(cause.toString()).doesNotContain("\n2026");
            String state = cause instanceof SQLException sql ? sql.getSQLState() : "";
            assertThat(SafeText.isSafe(state)).isTrue();
            for (Throwable suppressed : cause.getSuppressed()) {
                assertSafe(suppressed);
            }
        }
    }
}
