package dev.wellhead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a command in place of this process: with its streams, its signals and its exit code. libpq variables that this
 * process inherited are removed, so that they cannot disagree with the settings.
 */
final class ChildProcess {

    /** The exit code of a shell for a command that does not exist. */
    private static final int NOT_FOUND = 127;

    /**
     * The variables that determine where and how libpq connects. Variables for display (PGTZ, PGCLIENTENCODING) and
     * those of other programs (PGBACKREST_*) are not listed. Source: PostgreSQL documentation, libpq chapter,
     * "Environment Variables", versions 9 to 18.
     */
    private static final Set<String> CONNECTION_VARIABLES = Set.of(
            """
            PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGREQUIREAUTH PGCHANNELBINDING
            PGSERVICE PGSERVICEFILE PGOPTIONS PGAPPNAME PGCONNECT_TIMEOUT PGTARGETSESSIONATTRS PGLOADBALANCEHOSTS
            PGSSLMODE PGREQUIRESSL PGSSLNEGOTIATION PGSSLCOMPRESSION PGSSLCERT PGSSLKEY PGSSLCERTMODE PGSSLROOTCERT
            PGSSLCRL PGSSLCRLDIR PGSSLSNI PGREQUIREPEER PGSSLMINPROTOCOLVERSION PGSSLMAXPROTOCOLVERSION
            PGMINPROTOCOLVERSION PGMAXPROTOCOLVERSION PGGSSENCMODE PGKRBSRVNAME PGGSSLIB PGGSSDELEGATION PGREALM PGTTY
            """
                    .split("\\s+"));

    private final List<String> command;
    private final Map<String, String> inherited;
    private final Map<String, String> variables;

    /**
     * @param inherited the variables of this process
     * @param variables the libpq variables to add
     */
    ChildProcess(List<String> command, Map<String, String> inherited, Map<String, String> variables) {
        this.command = List.copyOf(command);
        this.inherited = inherited;
        this.variables = variables;
    }

    /** {@return the exit code of the command; 128 plus the number of the signal if a signal ended it} */
    int run(ErrorOutput errors) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(inherited);
        environment.keySet().removeAll(CONNECTION_VARIABLES);
        environment.putAll(variables);
        try (SignalForwarder signals = SignalForwarder.start()) {
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                errors.print("wellhead: cannot run '" + command.get(0)
                        + "': it is not on the PATH, or it is not executable.");
                return NOT_FOUND;
            } finally {
                // do not keep the password in memory for as long as the command runs
                environment.clear();
            }
            signals.forwardTo(process);
            return process.waitFor();
        }
    }
}
