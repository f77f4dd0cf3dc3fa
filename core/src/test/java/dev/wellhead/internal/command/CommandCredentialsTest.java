package dev.wellhead.internal.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.credentials.ManualClock;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.Refresher;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.settings.CommandLine;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real programs: those that every Linux system has, and scripts that need no shell. */
@Timeout(120)
class CommandCredentialsTest {

    private static final LoginTarget TARGET = new LoginTarget("db", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SHORT_LIMIT = Duration.ofMillis(500);
    private static final String RUN_IT =
            " Run the command as the user of this process to see its error output, which is"
                    + " not shown here because it may be sensitive.";

    @TempDir
    private Path directory;

    static Stream<Arguments> outputs() {
        return Stream.of(
                arguments("s3cret", "s3cret"),
                arguments("s3cret\n", "s3cret"),
                arguments("s3cret\r\n", "s3cret"),
                arguments("s3cret\n\n", "s3cret\n"),
                arguments("  s3cret ", "  s3cret "),
                arguments("пароль密碼\n", "пароль密碼"),
                arguments("{\"password\":\"s3cret\"}", "s3cret"),
                arguments("  {\n \"password\": \"s3\\u0063ret\" }\n", "s3cret"),
                arguments(
                        "{\"lease_id\":\"x\",\"data\":{\"a\":[1]},\"password\":\"s3cret\",\"host\":\"elsewhere\"}",
                        "s3cret"));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void current_output_isThePassword(String output, String password) throws Exception {
        Credentials login = only(provider("cat", file(output).toString()));

        assertThat(login.password()).isEqualTo(password);
        assertThat(login.user()).isEqualTo("app");
    }

    @Test
    void current_userInTheOutput_isUsed() throws Exception {
        Path file = file("{\"username\":\"v-app-1\",\"password\":\"s3cret\",\"expiration\":\"2999-01-01T00:00:00Z\"}");

        assertThat(only(provider("cat", file.toString())).user()).isEqualTo("v-app-1");
    }

    @Test
    void current_arguments_reachTheProgramAsTheyAre() throws Exception {
        assertThat(only(provider("printf", "%s|%s|%s", "a b", "", "$HOME *")).password())
                .isEqualTo("a b||$HOME *");
    }

    @Test
    void current_environment_isInherited() throws Exception {
        assertThat(only(provider("printenv", "PATH")).password()).isEqualTo(System.getenv("PATH"));
    }

    /** The kernel runs the interpreter, which prints the last line of the script. */
    @Test
    void current_script_isRunByItsInterpreter() throws Exception {
        Path script = script("#!/usr/bin/env -S tail -n 1\ns3cret\n");

        assertThat(only(provider(script.toString())).password()).isEqualTo("s3cret");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(List.of("cat"), "printed nothing. Print the password on the standard output."),
                arguments(
                        List.of("false"),
                        "failed: the program ended with exit code 1, and without error output." + RUN_IT),
                arguments(
                        List.of("env", "LC_ALL=C", "cat", "/nonexistent/hunter2"),
                        "failed: the program ended with exit code 1, and its error output contains \"no such file or"
                                + " directory\"." + RUN_IT),
                arguments(
                        List.of("env", "LC_ALL=C", "no-such-program", "hunter2"),
                        "failed: the program ended with exit code 127 (a program that it calls was not found), and its"
                                + " error output contains \"no such file or directory\"." + RUN_IT),
                arguments(
                        List.of("timeout", "-s", "KILL", "0.05", "sleep", "600"),
                        "failed: the program ended with exit code 137 (ended by signal 9), and without error output."
                                + RUN_IT),
                arguments(
                        List.of("yes", "hunter2"),
                        "printed more than 65535 bytes, and was stopped. Print only the password, or a JSON object."),
                arguments(
                        List.of("no-such-program", "hunter2"),
                        "names the program 'no-such-program', which is not in a directory of PATH. Install it, or write"
                                + " its whole path. No shell runs the command, so it cannot be an alias or a function."),
                arguments(
                        List.of("hunter2"),
                        "names a program, which is not in a directory of PATH, so its name is not shown. Install it, or"
                                + " write its whole path. If the value is the password itself, set it as the password"
                                + " instead."),
                arguments(
                        List.of("/nonexistent/print", "hunter2"),
                        "names the program '/nonexistent/print', which does not exist. Write the path of the program."),
                arguments(
                        List.of("/usr", "hunter2"),
                        "names the program '/usr', which is a directory. Write the path of the program."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void current_programThatFails_isExplainedWithoutItsOutput(List<String> words, String why) {
        CredentialsException failure = failure(provider(words.toArray(String[]::new)));

        assertThat(failure.getMessage()).isEqualTo("LEDGER_DB_PASSWORD_COMMAND " + why);
        assertThat(failure).hasStackTraceContaining("CredentialsException");
        assertThat(stackTrace(failure)).doesNotContain("hunter2");
    }

    @Test
    void current_fileThatIsNotExecutable_isExplained() throws IOException {
        Path script = file("#!/usr/bin/env -S tail -n 1\ns3cret\n");

        assertThat(failure(provider(script.toString())))
                .hasMessage("LEDGER_DB_PASSWORD_COMMAND names the program '" + script + "', which this process may not"
                        + " execute. Make it executable (chmod +x) for the user of this process.");
    }

    @Test
    void current_scriptWhoseInterpreterIsMissing_isExplained() throws IOException {
        Path script = script("#!/nonexistent/interpreter\ns3cret\n");

        assertThat(failure(provider(script.toString())))
                .hasMessage("LEDGER_DB_PASSWORD_COMMAND names the program '" + script + "', which the operating system"
                        + " cannot execute. Check the interpreter in its first line, and that it was built for this"
                        + " machine.");
    }

    @Test
    void current_outputThatIsNotText_isRefused() throws IOException {
        Path file = Files.write(directory.resolve("password"), "pässword".getBytes(ISO_8859_1));

        assertThat(failure(provider("cat", file.toString())))
                .hasMessage("LEDGER_DB_PASSWORD_COMMAND printed bytes that are not UTF-8 text. Print the password in"
                        + " UTF-8.")
                .hasRootCauseInstanceOf(CredentialsException.class);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("\n", "is empty."),
                arguments("{\"username\":\"app\"}", "has no field 'password'."),
                arguments("{\"password\":\"s3cret\"", "starts like a JSON object, but is not valid JSON."),
                arguments(
                        "{\"password\":\"s3cret\",\"expiration\":\"tomorrow\"}",
                        "has a field 'expiration' that is not a time in ISO 8601 with an offset, such as"
                                + " 2026-01-31T09:30:00Z."),
                arguments(
                        "{\"password\":\"s3cret\",\"expiration\":\"2026-01-31T09:30:00\"}",
                        "has a field 'expiration' that is not a time in ISO 8601 with an offset, such as"
                                + " 2026-01-31T09:30:00Z."));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void current_outputThatIsNoLogin_isRefusedByName(String output, String what) throws IOException {
        CredentialsException failure = failure(provider("cat", file(output).toString()));

        assertThat(failure.getMessage()).startsWith("LEDGER_DB_PASSWORD_COMMAND printed a text that " + what);
        assertThat(stackTrace(failure)).doesNotContain("s3cret");
    }

    /** A program of coreutils that starts another one. */
    @Test
    void current_programThatHangs_isEndedWithItsChildren() throws Exception {
        CommandCredentials provider =
                provider(SHORT_LIMIT, RefreshClock.SYSTEM, "timeout", "601.25", "sleep", "600.25");

        assertThat(failure(provider))
                .hasMessage("LEDGER_DB_PASSWORD_COMMAND did not end within 500 ms, and was stopped. Check what it waits"
                        + " for: it gets no input, so it cannot ask for anything.");
        Await.until(LIMIT, () -> descendants("00.25").isEmpty());
    }

    @Test
    void current_callerWithALittleTime_isNotKeptWaiting() {
        CommandCredentials provider = provider(LIMIT, RefreshClock.SYSTEM, "sleep", "600.75");
        try {
            CredentialsException late = catchThrowableOfType(
                    CredentialsException.class, () -> provider.current(TARGET, Duration.ofMillis(50)));

            assertThat(late)
                    .hasMessage(
                            "LEDGER_DB_PASSWORD_COMMAND did not end within 50 ms. Check what it waits for: it gets no"
                                    + " input, so it cannot ask for anything.");
        } finally {
            descendants("600.75").forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The child keeps the pipe open, but the program has ended. */
    @Test
    void current_childThatOutlivesTheProgram_isNotAwaited() {
        CommandCredentials provider = provider("setsid", "--fork", "sleep", "600.5");
        try {
            assertThat(failure(provider)).hasMessageContaining("printed nothing.");
        } finally {
            ProcessHandle.allProcesses()
                    .filter(process -> isCalled(process, "600.5"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refresh_changedOutput_isANewerSetWithThePreviousLogin(boolean isRefused) throws Exception {
        Path file = file("password-0\n");
        CommandCredentials provider = provider("cat", file.toString());
        CredentialsSet before = provider.current(TARGET, BUDGET);
        assertThat(provider.refresh(before, TARGET, BUDGET).generation()).isEqualTo(before.generation());

        swap("password-1");
        assertThat(provider.current(TARGET, BUDGET).generation()).isEqualTo(before.generation());
        CredentialsSet after = isRefused ? refreshed(provider, before) : provider.fetchNow(TARGET, BUDGET);

        assertThat(after.generation()).isGreaterThan(before.generation());
        assertThat(after.candidates()).extracting(Credentials::password).containsExactly("password-1", "password-0");
        assertThat(after.candidates()).extracting(Credentials::label).containsExactly("newest", "previous");
    }

    private static CredentialsSet refreshed(CommandCredentials provider, CredentialsSet refused) throws Exception {
        CredentialsSet found = refused;
        while (found.generation() == refused.generation()) {
            found = provider.refresh(refused, TARGET, BUDGET);
        }
        return found;
    }

    @Test
    void current_expiration_isRenewedInTheBackgroundBeforeIt() throws Exception {
        ManualClock clock = new ManualClock();
        file("{\"password\":\"password-0\",\"expiration\":\"1970-01-01T01:00:00Z\"}");
        Path file = directory.resolve("password");
        CommandCredentials provider = provider(LIMIT, clock, "cat", file.toString());
        assertThat(only(provider).password()).isEqualTo("password-0");
        swap("{\"password\":\"password-1\",\"expiration\":\"1970-01-01T02:00:00+00:00\"}");

        clock.advanceMillis(Duration.ofMinutes(44).toMillis());
        assertThat(first(provider).password()).isEqualTo("password-0");

        clock.advanceMillis(Duration.ofMinutes(2).toMillis());
        Await.until(LIMIT, () -> first(provider).password().equals("password-1"));
    }

    @ParameterizedTest
    @CsvSource({"0, 42", "0.5, 45", "1, 48"})
    void isRenewalDue_instancesOfAService_areSpread(double random, int minutes) throws Exception {
        ManualClock clock = new ManualClock();
        clock.jitter(random);
        CommandSource source = source(clock, "{\"password\":\"p\",\"expiration\":\"1970-01-01T01:00:00Z\"}");

        clock.advanceMillis(Duration.ofMinutes(minutes).toMillis() - 1);
        assertThat(source.isRenewalDue()).isFalse();
        clock.advanceMillis(1);
        assertThat(source.isRenewalDue()).isTrue();
    }

    @Test
    void isRenewalDue_sameExpirationAgain_isNotDueImmediately() throws Exception {
        ManualClock clock = new ManualClock();
        CommandSource source = source(clock, "{\"password\":\"p\",\"expiration\":\"1970-01-01T01:00:00Z\"}");

        clock.advanceMillis(Duration.ofMinutes(50).toMillis());
        assertThat(source.fetch(Refresher.NOTHING_REFUSED)).isFalse();
        assertThat(source.isRenewalDue()).isFalse();
        // the credentials have expired
        clock.advanceMillis(Duration.ofMinutes(11).toMillis());
        assertThat(source.isRenewalDue()).isTrue();
        assertThat(source.fetch(Refresher.NOTHING_REFUSED)).isFalse();
        clock.advanceMillis(4_999);
        assertThat(source.isRenewalDue()).isFalse();
        clock.advanceMillis(1);
        assertThat(source.isRenewalDue()).isTrue();
    }

    @Test
    void adviceOnRefusal_expiredCredentials_namesTheTime() throws Exception {
        ManualClock clock = new ManualClock();
        Path file = file("{\"password\":\"p\",\"expiration\":\"1969-12-31T23:59:59Z\"}");
        CommandCredentials provider = provider(LIMIT, clock, "cat", file.toString());

        assertThat(provider.adviceOnRefusal(provider.current(TARGET, BUDGET), TARGET))
                .containsExactly("The program printed credentials that expired at 1969-12-31T23:59:59Z. Check the clock"
                        + " of this machine, and that the program does not print old ones.");
    }

    @Test
    void log_everyOutcome_containsNoOutput() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            Path file = file("s3cret-0\n");
            CommandCredentials provider = provider("cat", file.toString());
            CredentialsSet known = provider.current(TARGET, BUDGET);
            swap("{\"password\": s3cret-1");
            assertThatThrownBy(() -> provider.fetchNow(TARGET, BUDGET)).isInstanceOf(CredentialsException.class);
            assertThatThrownBy(() -> provider.refresh(known, TARGET, BUDGET)).isInstanceOf(CredentialsException.class);

            assertThat(log.text()).doesNotContain("s3cret");
            assertThat(provider.description()).isEqualTo("password command cat");
        }
    }

    private CommandSource source(ManualClock clock, String output) throws Exception {
        Path file = file(output);
        SecretParser parser = new SecretParser("It", keys(), "app", "LEDGER_DB_USER");
        CommandSource source = new CommandSource(
                CommandLine.of(List.of("cat", file.toString())), "LEDGER_DB_PASSWORD_COMMAND", parser, LIMIT, clock);
        assertThat(source.fetch(Refresher.NOTHING_REFUSED)).isTrue();
        return source;
    }

    private static CommandCredentials provider(String... words) {
        return provider(LIMIT, RefreshClock.SYSTEM, words);
    }

    private static CommandCredentials provider(Duration limit, RefreshClock clock, String... words) {
        String variable = "LEDGER_DB_PASSWORD_COMMAND";
        SecretParser parser = new SecretParser(CommandSource.subject(variable), keys(), "app", "LEDGER_DB_USER");
        return new CommandCredentials(CommandLine.of(List.of(words)), variable, parser, limit, clock);
    }

    private static SecretKeys keys() {
        return new SecretKeys("username", "password", "LEDGER_DB_SECRET_USER_KEY", "LEDGER_DB_SECRET_PASSWORD_KEY");
    }

    private static Credentials only(CommandCredentials provider) throws CredentialsException {
        List<Credentials> candidates = provider.current(TARGET, BUDGET).candidates();
        assertThat(candidates).hasSize(1);
        return candidates.get(0);
    }

    private static Credentials first(CommandCredentials provider) throws CredentialsException {
        return provider.current(TARGET, BUDGET).candidates().get(0);
    }

    private static CredentialsException failure(CommandCredentials provider) {
        return catchThrowableOfType(CredentialsException.class, () -> provider.current(TARGET, BUDGET));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("password"), content, UTF_8);
    }

    private void swap(String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), content, UTF_8);
        Files.move(next, directory.resolve("password"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path script(String content) throws IOException {
        Path script = Files.writeString(directory.resolve("print-password"), content, UTF_8);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static List<ProcessHandle> descendants(String argument) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> isCalled(process, argument))
                .toList();
    }

    private static boolean isCalled(ProcessHandle process, String argument) {
        for (String each : process.info().arguments().orElse(new String[0])) {
            if (each.endsWith(argument)) {
                return true;
            }
        }
        return false;
    }

    private static String stackTrace(@Nullable Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            text.append(each.toString()).append('\n');
        }
        return text.toString();
    }
}
