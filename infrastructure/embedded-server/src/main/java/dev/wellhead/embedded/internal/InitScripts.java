package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32;

/**
 * SQL scripts that run once, on a new data directory.
 *
 * @param database the database that the scripts run in, which is created if it does not exist
 * @param scripts the scripts in the order of execution
 */
public record InitScripts(String database, List<Script> scripts) {

    /** Creates the role of applications and renames the superuser, which happens once per server. */
    private static final String ONCE_PER_SERVER = "00-service-role.sql";

    private static final String DIRECTORY = "/dev/wellhead/embedded/init-scripts/";

    /**
     * One script.
     *
     * @param name its file name
     * @param sql its statements, including their own begin and commit
     */
    public record Script(String name, String sql) {}

    /** {@return the scripts of {@code infrastructure/init-scripts}, which the build packs into this module} */
    public static InitScripts packed(String database) throws IOException {
        // the build writes this list, because the content of a class path cannot be listed
        List<String> names =
                read("index").lines().filter(name -> !name.isBlank()).sorted().toList();
        Script[] scripts = new Script[names.size()];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = new Script(names.get(i), read(names.get(i)));
        }
        return new InitScripts(database, List.of(scripts));
    }

    /** {@return the scripts for another database of a server on which all scripts have run} */
    public InitScripts again(String otherDatabase) {
        return new InitScripts(
                otherDatabase,
                scripts.stream()
                        .filter(script -> !script.name().equals(ONCE_PER_SERVER))
                        .toList());
    }

    /** {@return a text that is different for different scripts or databases} */
    String fingerprint() {
        CRC32 crc = new CRC32();
        crc.update(toString().getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String read(String name) throws IOException {
        try (InputStream in = InitScripts.class.getResourceAsStream(DIRECTORY + name)) {
            if (in == null) {
                throw new FileNotFoundException(DIRECTORY + name + " is missing in this module");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
