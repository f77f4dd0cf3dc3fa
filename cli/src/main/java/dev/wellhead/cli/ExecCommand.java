package dev.wellhead.cli;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.credentials.CredentialsException;
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

/** Runs a program of libpq's world on the database. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        customSynopsis = "wellhead exec [-hvV] [--passfile] [-d=NAME] -- COMMAND [ARGUMENT...]",
        description =
                "Runs a command with PG* variables that reach the database: psql, pg_dump, pg_restore, migrations.",
        footer = {
            "",
            "The password is the current one (of the secret, the file), and only in the environment of the command. "
                    + "Signals and the exit code pass through; 127 where there is no such command, 1 where the database "
                    + "cannot be opened, 2 where the command line is wrong."
        })
final class ExecCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--passfile",
            description = "Give the password in a file that only this user can read (PGPASSFILE), not in PGPASSWORD.")
    private boolean passfile;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> command = List.of();

    ExecCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Complaint complaint = new Complaint(surroundings);
        try (PrivateFiles files = new PrivateFiles();
                Inspection inspection = Inspection.of(
                        SettingsResolver.resolve(surroundings.requests().apply(database.name())))) {
            Login login = Login.of(inspection);
            Map<String, String> variables =
                    new LibpqEnvironment(inspection.settings(), login, files, passfile).variables();
            return new ChildProcess(command, surroundings.variables(), variables).run(complaint);
        } catch (ConfigurationException e) {
            complaint.say(e);
        } catch (CredentialsException e) {
            complaint.say(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            complaint.say("The command was not run: " + e.getMessage());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
