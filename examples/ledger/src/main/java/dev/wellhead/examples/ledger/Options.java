package dev.wellhead.examples.ledger;

import java.util.Iterator;
import java.util.List;

/**
 * The command line.
 *
 * @param serve whether to serve HTTP, in place of one run
 * @param port the port to serve on; 0 takes a free one
 * @param withParent whether to end when the process that started this one does
 * @param help whether only the usage is asked for
 */
record Options(boolean serve, int port, boolean withParent, boolean help) {

    static final String USAGE =
            """
            Usage: ledger [--serve [--port N]] [--with-parent]

              (nothing)   post transfers, prove that the books balance, say what the pool did
              --serve     serve HTTP on 127.0.0.1 until SIGTERM
              --port N    the port to serve on, 0 to 65535; 0 takes a free one; 8080 unless given
              --with-parent
                          end when the process that started this one has ended, however it did

            The database is found by Databases.fromEnvironment(): DATABASE_URL or DB_HOST, DB_NAME, DB_USER, ...""";

    private static final int DEFAULT_PORT = 8080;

    /**
     * {@return the options}
     *
     * @throws IllegalArgumentException with a message for people
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
                default -> throw new IllegalArgumentException("There is no option " + argument + ".");
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
            // falls through to the one message there is
        }
        throw new IllegalArgumentException("--port needs a number from 0 to 65535.");
    }
}
