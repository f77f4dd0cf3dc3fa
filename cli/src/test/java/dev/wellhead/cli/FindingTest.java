package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Errors and warnings as text and as data. */
class FindingTest {

    private static final Finding ERROR = Finding.error(Problem.of(
            ProblemCode.CONFLICTING_VALUES,
            "DB_PORT",
            "port in DATABASE_URL and DB_PORT have different values.",
            List.of(new Origin.UrlPart("port", "DATABASE_URL"), Origin.Variable.of("DB_PORT")),
            List.of("Keep one of them.", "Or set both to the same value.")));

    @Test
    void toJson_error_hasTheFieldsOfItsFirstOrigin() {
        assertThat(ERROR.toJson())
                .containsEntry("severity", "error")
                .containsEntry("code", "conflicting-values")
                .containsEntry("setting", "DB_PORT")
                .containsEntry("message", "port in DATABASE_URL and DB_PORT have different values.")
                .containsEntry(
                        "origin", "From: port in environment variable DATABASE_URL; environment variable DB_PORT")
                .containsEntry("originKind", "environment-variable")
                .containsEntry("variable", "DATABASE_URL")
                .containsEntry("fixes", List.of("Keep one of them.", "Or set both to the same value."));
    }

    @Test
    void toJson_warningOfTheResolver_isOnlyAMessage() {
        assertThat(Finding.warning("The server is not verified.").toJson())
                .containsEntry("severity", "warning")
                .containsEntry("code", "resolution")
                .containsEntry("setting", "")
                .containsEntry("message", "The server is not verified.")
                .containsEntry("originKind", null)
                .containsEntry("fixes", List.of());
    }

    @Test
    void toJson_nearMiss_namesTheVariable() {
        assertThat(Finding.warning(new NearMiss("DBHOST", "DB_HOST", "", Settings.HOST))
                        .toJson())
                .containsEntry("severity", "warning")
                .containsEntry("code", "near-miss")
                .containsEntry("setting", "DBHOST")
                .containsEntry("variable", "DBHOST")
                .containsEntry("message", "DBHOST is set, but nothing reads it. Did you mean DB_HOST?");
    }

    @Test
    void render_severalFindings_numbersThemWithOriginAndFixes() {
        String text = Finding.render(
                List.of(
                        ERROR,
                        Finding.warning("not-encrypted", "DB_SSLMODE", "It is not encrypted.", "Set DB_SSLMODE.")),
                Terminal.PIPE);

        assertThat(text.lines())
                .containsExactly(
                        "1. Error: port in DATABASE_URL and DB_PORT have different values.",
                        "   From: port in environment variable DATABASE_URL; environment variable DB_PORT",
                        "   Keep one of them.",
                        "   Or set both to the same value.",
                        "",
                        "2. Warning: It is not encrypted.",
                        "   Set DB_SSLMODE.",
                        "");
    }

    @Test
    void render_oneFinding_isNotNumbered() {
        assertThat(Finding.render(List.of(ERROR), Terminal.PIPE).lines())
                .startsWith(
                        "Error: port in DATABASE_URL and DB_PORT have different values.",
                        "  From: port in environment variable DATABASE_URL; environment variable DB_PORT",
                        "  Keep one of them.");
    }

    @Test
    void render_noFindings_isEmpty() {
        assertThat(Finding.render(List.of(), Terminal.PIPE)).isEmpty();
    }

    @Test
    void render_narrowTerminal_wrapsBesideTheNumber() {
        assertThat(Finding.render(List.of(ERROR, ERROR), new Terminal(true, Ansi.OFF, 40))
                        .lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40))
                .filteredOn(line -> !line.isEmpty() && !line.startsWith("1.") && !line.startsWith("2."))
                .allSatisfy(line -> assertThat(line).startsWith("   "));
    }

    /** A value can come from an untrusted source. */
    @Test
    void render_escapeSequenceInAMessage_isReplaced() {
        assertThat(Finding.render(List.of(Finding.warning("a\u001b[2Jb")), Terminal.PIPE))
                .contains("a?[2Jb")
                .doesNotContain("\u001b");
    }
}
