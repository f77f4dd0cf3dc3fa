package dev.wellhead.junit.internal.clone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A script that runs statement by statement, each in a transaction of its own unless the script begins one, as with psql.
 *
 * @param location the location, as the test declares it
 * @param sql its content
 */
record SqlScript(String location, String sql) implements MigrationStep {

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    /** {@return the script at a location of {@link dev.wellhead.junit.TestDatabase#scripts}} */
    static SqlScript at(String location, ClassLoader loader) throws TestServerException {
        try {
            return new SqlScript(location, location.startsWith(FILE) ? file(location) : resource(location, loader));
        } catch (IOException e) {
            throw new TestServerException("The script '" + location + "' cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return "script " + location;
    }

    @Override
    public void run(DataSource template) throws Exception {
        try (Connection connection = template.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            int end = 0;
            // the driver's own parser knows comments, dollar quotes and the bodies of functions
            for (NativeQuery query : Parser.parseJdbcSql(sql, true, false, true, false, false)) {
                int start = Math.max(end, sql.indexOf(query.nativeSql, end));
                end = start + query.nativeSql.length();
                try {
                    statement.execute(query.nativeSql);
                } catch (SQLException e) {
                    throw new TestServerException(
                            location + ", line " + line(start, query, e) + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private int line(int start, NativeQuery query, SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
        int offset = message == null ? 0 : message.getPosition() - 1;
        if (offset <= 0) {
            offset = 0;
            while (offset < query.nativeSql.length() && Character.isWhitespace(query.nativeSql.charAt(offset))) {
                offset++;
            }
        }
        int position = Math.min(start + offset, sql.length());
        return 1
                + (int) sql.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static String file(String location) throws IOException, TestServerException {
        Path path = Path.of(location.substring(FILE.length()));
        if (!Files.isRegularFile(path)) {
            throw new TestServerException("The script '" + location + "' does not exist: there is no file "
                    + path.toAbsolutePath().normalize() + ".");
        }
        return Files.readString(path);
    }

    private static String resource(String location, ClassLoader loader) throws IOException, TestServerException {
        String name = location.startsWith(CLASS_PATH) ? location.substring(CLASS_PATH.length()) : location;
        String resource = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new TestServerException("The script '" + location + "' does not exist: there is no resource "
                        + resource + " on the class path. The location of a file begins with 'file:'.");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
