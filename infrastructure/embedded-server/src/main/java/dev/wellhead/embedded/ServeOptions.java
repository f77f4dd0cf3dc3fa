package dev.wellhead.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link ServeCommand}.
 *
 * @param port the port, 0 for a free one
 * @param data the directory that keeps the data, null for a temporary one
 * @param initScripts the locations of the init scripts
 * @param help whether to print the usage only
 */
record ServeOptions(int port, @Nullable Path data, List<String> initScripts, boolean help) {

    static final String USAGE =
            """
            Usage: ServeCommand [--port N] [--data DIR] [--init-scripts LOCATION]...

              --port N                  the port to listen on; 0 uses a free one (default: 5432)
              --data DIR                the directory that keeps the data (default: a temporary one)
              --init-scripts LOCATION   a directory or a file of SQL that is run when the database is created

            Runs PostgreSQL on the loopback address with the database monorepo_dev, user postgres, password postgres.
            Every user of this machine can log in with them; the user postgres is not a superuser. With --data, the
            superuser's password is in DIR/pgpass. SIGTERM or SIGINT stops the server.""";

    private static final int DEFAULT_PORT = 5432;

    /** @throws IllegalArgumentException if the command line is wrong; the message is for the user */
    static ServeOptions parse(List<String> arguments) {
        int port = DEFAULT_PORT;
        Path data = null;
        List<String> initScripts = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> port = port(value(argument, rest));
                case "--data" -> data = Path.of(value(argument, rest));
                case "--init-scripts" -> initScripts.add(value(argument, rest));
                case "--help", "-h" -> {
                    return new ServeOptions(port, data, initScripts, true);
                }
                default -> throw new IllegalArgumentException("Unknown option: " + argument + ".");
            }
        }
        return new ServeOptions(port, data, initScripts, false);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.");
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("--port needs a number from 0 to 65535.");
    }
}
