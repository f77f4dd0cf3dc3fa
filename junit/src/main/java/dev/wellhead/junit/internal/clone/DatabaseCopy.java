package dev.wellhead.junit.internal.clone;

import dev.wellhead.Database;

/**
 * An open copy of a template. Closing it returns immediately; the database is closed and dropped in the background.
 *
 * @param server the server
 * @param name the name of the database on the server
 * @param database the open database
 */
public record DatabaseCopy(TestServer server, String name, Database database) implements AutoCloseable {

    @Override
    public void close() {
        server.release(this);
    }
}
