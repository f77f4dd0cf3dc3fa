package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32;

/** The scripts of {@code infrastructure/init-scripts}, which the build packs into this module. */
final class InitScripts {

    private static final String DIRECTORY = "init-scripts/";

    private InitScripts() {}

    /**
     * A script.
     *
     * @param name its file name
     * @param sql statements, with their own begin and commit
     */
    record Script(String name, String sql) {}

    /** {@return them all, in alphabetical order} */
    static List<Script> all() throws IOException {
        // a class path cannot be listed, so the build writes the list
        List<String> names =
                read("index").lines().filter(name -> !name.isBlank()).sorted().toList();
        Script[] scripts = new Script[names.size()];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = new Script(names.get(i), read(names.get(i)));
        }
        return List.of(scripts);
    }

    /** {@return a text that differs for scripts that differ} */
    static String fingerprint(List<Script> scripts) {
        CRC32 crc = new CRC32();
        for (Script script : scripts) {
            crc.update(script.name().getBytes(UTF_8));
            crc.update(script.sql().getBytes(UTF_8));
        }
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
