package dev.wellhead.examples.ledger;

import java.util.Iterator;
import java.util.List;

/**
 * The command line of {@link LedgerService}.
 *
 * @param serve whether to serve HTTP instead of one run
 * @param port the port to serve on, 0 for a free one
 * @param withParent whether to end when the parent process ends
 * @param help whether to print the usage only
 */
record Options(boolean serve, int port, boolean withParent, boolean help) {

    static final String USAGE =
            """
            Usage: ledger [--serve [--port N]] [--with-parent]

              (no option) post transfers, check that the books balance, print statistics of the pool
              --serve     serve HTTP on 127.0.0.1 until SIGTERM
              --port N    the port to serve on, 0 to 65535; 0 uses a free one (default: 8080)
              --with-parent
                          end when the parent process ends for any reason

            Databases.fromEnvironment() finds the database: DATABASE_URL or DB_HOST, DB_NAME, DB_USER, ...""";

    private static final int DEFAULT_PORT = 8080;

    /**
     * {@return the options}
     *
     * @throws IllegalArgumentException if the command line is wrong; the message is for the user
     */
    static Options parse(List<String> arguments) {
        boolean serve = false;
        int port = DEFAULT_PORT;
        boolean portGiven = false;
        boolean withParent = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> {
                    return new Options(false, DEFAULT_PORT, false, true);
                }
                case "--serve" -> serve = true;
                case "--with-parent" -> withParent = true;
                case "--port" -> {
                    port = port(rest.hasNext() ? rest.next() : "");
                    portGiven = true;
                }
                default -> throw new IllegalArgumentException("Unknown option: " + argument + ".");
            }
        }
        if (portGiven && !serve) {
            throw new IllegalArgumentException("--port needs --serve.");
        }
        return new Options(serve, port, withParent, false);
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
