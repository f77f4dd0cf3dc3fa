package dev.wellhead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command in this process's place: its streams, its signals, its exit code. Variables of libpq that this process has
 * and the settings do not say are taken away, so that only one of them decides.
 */
final class ChildProcess {

    private static final int NOT_FOUND = 127;

    /**
     * What decides where and how libpq connects. Not what programs are told to show (PGTZ, PGCLIENTENCODING), and not
     * what other programs read (PGBACKREST_*). Source: PostgreSQL documentation, libpq chapter, "Environment Variables",
     * of every version since 9.
     */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "PGHOST",
            "PGHOSTADDR",
            "PGPORT",
            "PGDATABASE",
            "PGUSER",
            "PGPASSWORD",
            "PGPASSFILE",
            "PGREQUIREAUTH",
            "PGCHANNELBINDING",
            "PGSERVICE",
            "PGSERVICEFILE",
            "PGOPTIONS",
            "PGAPPNAME",
            "PGSSLMODE",
            "PGREQUIRESSL",
            "PGSSLNEGOTIATION",
            "PGSSLCOMPRESSION",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGSSLCERTMODE",
            "PGSSLROOTCERT",
            "PGSSLCRL",
            "PGSSLCRLDIR",
            "PGSSLSNI",
            "PGREQUIREPEER",
            "PGSSLMINPROTOCOLVERSION",
            "PGSSLMAXPROTOCOLVERSION",
            "PGMINPROTOCOLVERSION",
            "PGMAXPROTOCOLVERSION",
            "PGGSSENCMODE",
            "PGKRBSRVNAME",
            "PGGSSLIB",
            "PGGSSDELEGATION",
            "PGREALM",
            "PGTTY",
            "PGCONNECT_TIMEOUT",
            "PGTARGETSESSIONATTRS",
            "PGLOADBALANCEHOSTS");

    private final List<String> command;
    private final Map<String, String> inherited;
    private final Map<String, String> variables;

    ChildProcess(List<String> command, Map<String, String> inherited, Map<String, String> variables) {
        this.command = List.copyOf(command);
        this.inherited = inherited;
        this.variables = variables;
    }

    /** {@return its exit code; 128 and the number of the signal where one ended it} */
    int run(Complaint complaint) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(inherited);
        environment.keySet().removeAll(OF_THE_CONNECTION);
        environment.putAll(variables);
        try (Signals signals = Signals.held()) {
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                complaint.say("wellhead: '" + command.get(0)
                        + "' cannot be run: there is no such program on the PATH, or" + " it may not be executed.");
                return NOT_FOUND;
            } finally {
                environment.clear();
            }
            signals.passTo(process);
            return process.waitFor();
        }
    }
}
