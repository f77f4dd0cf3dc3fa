package dev.wellhead.embedded;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param port the port, 0 for a free one
 * @param data the directory that keeps the data, null for a temporary one
 * @param help whether only the usage is asked for
 */
record ServeOptions(int port, @Nullable Path data, boolean help) {

    static final String USAGE =
            """
            Usage: serve [--port N] [--data DIR]

              --port N     listen on this port of loopback, 0 for a free one; 5432 unless given
              --data DIR   keep the data in this directory; a temporary one unless given

            Serves PostgreSQL, database monorepo_dev, user postgres, password postgres, until SIGTERM or SIGINT.""";

    private static final int DEFAULT_PORT = 5432;

    /** @throws IllegalArgumentException with a message for people */
    static ServeOptions parse(List<String> arguments) {
        int port = DEFAULT_PORT;
        Path data = null;
        boolean serve = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "serve" -> serve = true;
                case "--port" -> port = port(next(argument, rest));
                case "--data" -> data = Path.of(next(argument, rest));
                case "--help", "-h" -> {
                    return new ServeOptions(port, data, true);
                }
                default -> throw new IllegalArgumentException("There is no option " + argument + ".");
            }
        }
        if (!serve) {
            throw new IllegalArgumentException("Say what to do: serve.");
        }
        return new ServeOptions(port, data, false);
    }

    private static String next(String option, Iterator<String> rest) {
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
            // falls through to the one message there is
        }
        throw new IllegalArgumentException("--port needs a number from 0 to 65535.");
    }
}
