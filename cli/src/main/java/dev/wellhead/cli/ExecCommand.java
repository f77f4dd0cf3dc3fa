package dev.wellhead.cli;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.settings.ConfigurationException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
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
        customSynopsis = "wellhead exec [-hvV] [--passfile] [-d=NAME] -- COMMAND [ARGUMENT...]",
        description = "Runs a command with PG* variables for the database: psql, pg_dump, pg_restore, migrations.",
        footer = {
            "",
            "The password is read now, from the secret or the file, and is only in the environment of the command. "
                    + "Signals are passed on to the command.",
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
            Map<String, String> variables =
                    new LibpqEnvironment(inspection.settings(), credentials, files, passfile).variables();
            return new ChildProcess(command, context.variables(), variables).run(errors);
        } catch (ConfigurationException e) {
            errors.print(e);
        } catch (CredentialsException e) {
            errors.print(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            errors.print("The command was not run: " + e.getMessage());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
