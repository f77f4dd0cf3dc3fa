package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory of configuration files that is the only entry of the class path.
 *
 * @param problems receives the problems of the files
 */
record ConfigurationDirectory(Path path, Problems problems) {

    static final DatabaseName UNNAMED = new DatabaseName("default", Catalogue.DATABASES);

    /** Reads the values of a database from the files in the directory. */
    List<RawValue> read(DatabaseName name, Map<String, String> variables, Map<String, String> properties)
            throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {url(path)}, null)) {
            return ConfigurationFile.read(name, variables, properties, loader, problems);
        }
    }

    /** Writes application.conf, and reads the values of the unnamed database from it. */
    List<RawValue> read(String content, Map<String, String> variables) throws IOException {
        Files.writeString(path.resolve("application.conf"), content);
        return read(UNNAMED, variables, Map.of());
    }

    static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** {@return one line per value: {@code host=db @ application.conf:2}} */
    static List<String> described(List<RawValue> values) {
        return values.stream()
                .map(value -> value.setting().name() + "=" + value.text().reveal() + " @ "
                        + value.origin().description())
                .toList();
    }

    static String block(String content) {
        return "wellhead.databases.default {\n" + content + "\n}";
    }
}
