package dev.wellhead.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Runs the local database in the foreground. The option {@code --help} prints the usage. */
public final class ServeCommand {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** The default of the environment local, so that a developer has to configure nothing. */
    private static final String WELL_KNOWN_PASSWORD = "postgres";

    private ServeCommand() {}

    /**
     * Runs the server until SIGTERM or SIGINT, and prints one line when it accepts logins. Exit code 1: the server could
     * not start or ended unexpectedly; 2: the command line is wrong.
     */
    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        ServeOptions options;
        try {
            options = ServeOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println();
            err.println(ServeOptions.USAGE);
            return WRONG_USAGE;
        }
        if (options.help()) {
            out.println(ServeOptions.USAGE);
            return 0;
        }
        try {
            return serve(options, out, err);
        } catch (IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static int serve(ServeOptions options, PrintStream out, PrintStream err) throws IOException {
        LocalPostgresBuilder builder = LocalPostgres.builder()
                .port(options.port())
                .password(WELL_KNOWN_PASSWORD)
                .initScripts(options.initScripts().toArray(String[]::new))
                .progress(step -> {
                    out.println(step);
                    out.flush();
                });
        Path data = options.data();
        if (data != null) {
            builder.directory(data);
        }
        LocalPostgres server = builder.start();
        // stops the server before this process ends, so that the next process can use the port and the directory
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, err), "wellhead-embedded-close"));
        out.println("PostgreSQL " + server.majorVersion() + " is ready: host " + server.host() + ", port "
                + server.port() + ", database " + server.database() + ", user " + server.user() + ", data in "
                + (data == null ? "a temporary directory" : server.data()));
        out.flush();
        server.awaitEnd();
        if (server.isClosed()) {
            return 0;
        }
        err.println("PostgreSQL ended unexpectedly"
                + (data == null ? "." : "; see its log, " + data.resolve("postgresql.log")));
        return FAILED;
    }

    private static void close(LocalPostgres server, PrintStream err) {
        try {
            server.close();
        } catch (IOException e) {
            err.println(e.getMessage());
        }
    }
}
