package dev.wellhead.cli;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.settings.ConfigurationException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program that uses libpq on the database. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        customSynopsis =
                "wellhead exec [-hvV] [--passfile] [--keep-all-env] [--keep-env=NAME]... [-d=NAME] -- COMMAND [ARGUMENT...]",
        description = "Runs a command with PG* variables for the database: psql, pg_dump, pg_restore, migrations.",
        footer = {
            "",
            "The password is read now, from the secret or the file, and is only in the environment of the command. "
                    + "The command does not inherit the variables that configure credentials (DB_PASSWORD, DATABASE_URL, "
                    + "keys of AWS, ...), except with --keep-env. Signals are passed on to the command.",
            "",
            "Exit codes: that of the command; 127 the command was not found, 1 the database cannot be opened, "
                    + "2 wrong usage."
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
                Inspection inspection = Inspection.of(
                        SettingsResolver.resolve(context.requests().apply(database.name())))) {
            Credentials credentials = AcceptedCredentials.find(inspection);
            Map<String, String> libpq =
                    new LibpqEnvironment(inspection.settings(), credentials, files, passfile).variables();
            Map<String, String> variables = new ChildEnvironment(context.variables(), Set.copyOf(kept), keepsAll)
                    .with(libpq, credentials.user(), credentials.password());
            return new ChildProcess(command, variables).run(errors);
        } catch (ConfigurationException e) {
            errors.print(e);
        } catch (CredentialsException e) {
            errors.print(String.valueOf(e.getMessage()));
        } catch (TlsMaterialException e) {
            errors.print(("The command was not run: " + e.getMessage() + " " + e.fix()).strip());
        } catch (IOException | GeneralSecurityException e) {
            errors.print("The command was not run: " + e.getMessage());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
