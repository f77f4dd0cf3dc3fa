package dev.wellhead.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Serves the local database until it is told to stop. Run it with {@code --help} for its options. */
public final class Main {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /**
     * Serves until SIGTERM or SIGINT. Prints one line when logins are accepted. Exit code 1: could not start, or the
     * server ended by itself; 2: the command line is wrong.
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
        LocalPostgresBuilder builder = LocalPostgres.builder().port(options.port());
        Path data = options.data();
        if (data != null) {
            builder.directory(data);
        }
        LocalPostgres server = builder.start();
        // whoever stopped this process may start the next one as soon as it is gone
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, err), "wellhead-embedded-close"));
        out.println("PostgreSQL " + Binaries.majorVersion() + " is ready: host " + server.host() + ", port "
                + server.port() + ", database " + server.database() + ", user " + server.user() + ", data in "
                + (data == null ? "a temporary directory" : server.data()));
        out.flush();
        server.awaitEnd();
        if (server.isClosed()) {
            return 0;
        }
        err.println("PostgreSQL ended by itself" + (data == null ? "." : "; see " + data.resolve("postgresql.log")));
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
