package dev.wellhead.cli;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.spi.ConnectionFailedException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program that uses libpq on the database. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        customSynopsis =
                "wellhead exec [-hvV] [--passfile] [--keep-all-env] [--keep-env=NAME]... [--migration] [-d=NAME] -- COMMAND [ARGUMENT...]",
        description = "Runs a command with PG* variables for the database: psql, pg_dump, pg_restore, migrations.",
        footer = {
            "",
            "The password is read now, from the secret or the file, and is only in the environment of the command. "
                    + "The command does not inherit the variables that configure credentials (DB_PASSWORD, DATABASE_URL, "
                    + "keys of AWS, ...), except with --keep-env. Signals are passed on to the command.",
            "",
            "Exit codes: that of the command, 127 if it was not found. If the command was not run: 64 wrong usage, "
                    + "78 invalid settings, 75 no credentials at the moment, 69 the server refused them, 70 a failure of "
                    + "this machine; the reason is printed."
        })
final class ExecCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--passfile",
            description = "Pass the password in a file that only this user can read (PGPASSFILE), not in PGPASSWORD.")
    private boolean passfile;

    @Option(
            names = "--keep-env",
            split = ",",
            paramLabel = "NAME",
            description = "Pass on this variable, although it belongs to the credentials of this process "
                    + "(AWS_SECRET_ACCESS_KEY, DATABASE_URL, ...). Can be repeated.")
    private List<String> kept = List.of();

    @Option(
            names = "--keep-all-env",
            description = "Pass on every variable except those of libpq, also the credentials of this process.")
    private boolean keepsAll;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> command = List.of();

    ExecCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        ErrorOutput errors = new ErrorOutput(context);
        try (PrivateFiles files = new PrivateFiles();
                Inspection inspection = Inspection.of(SettingsResolver.resolve(database.request(context)))) {
            Credentials credentials = AcceptedCredentials.find(inspection);
            Map<String, String> libpq =
                    new LibpqEnvironment(inspection.settings(), credentials, files, passfile).variables();
            Map<String, String> variables = new ChildEnvironment(context.variables(), Set.copyOf(kept), keepsAll)
                    .with(libpq, credentials.user(), credentials.password());
            return new ChildProcess(command, variables).run(errors);
        } catch (ConfigurationException e) {
            errors.print(e);
            errors.print("The command was not run.");
            return Outcome.CONFIGURATION.exitCode();
        } catch (CredentialsException e) {
            Failure failure =
                    e.getCause() instanceof ConnectionFailedException refused ? Failure.of(refused) : Failure.of(e);
            return notRun(errors, String.valueOf(e.getMessage()), failure.outcome());
        } catch (TlsMaterialException e) {
            return notRun(errors, (e.getMessage() + " " + e.fix()).strip(), Outcome.CONFIGURATION);
        } catch (GeneralSecurityException e) {
            return notRun(errors, String.valueOf(e.getMessage()), Outcome.CONFIGURATION);
        } catch (IOException e) {
            return notRun(errors, String.valueOf(e.getMessage()), Outcome.INTERNAL);
        }
    }

    /** {@return the exit code} Prints the reason, so that the code cannot be mistaken for that of the command. */
    private static int notRun(ErrorOutput errors, String reason, Outcome outcome) {
        errors.print("The command was not run: " + reason);
        return outcome.exitCode();
    }
}
