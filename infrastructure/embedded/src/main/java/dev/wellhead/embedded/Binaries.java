package dev.wellhead.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Objects;
import java.util.Properties;

/**
 * The archive of PostgreSQL's programs for this machine, on the class path.
 *
 * @param name the archive
 * @param location where it is
 */
record Binaries(String name, URL location) {

    private static final String VERSION = version();

    /**
     * {@return the archive for a platform}
     *
     * @throws IOException when there is none; the message names the dependency to add
     */
    static Binaries find(Platform platform) throws IOException {
        for (String name : platform.archives()) {
            URL location = Binaries.class.getClassLoader().getResource(name);
            if (location != null) {
                return new Binaries(name, location);
            }
        }
        throw new IOException("PostgreSQL's programs for this platform (" + platform
                + ") are not on the class path. Add the runtime dependency io.zonky.test.postgres:"
                + platform.artifact() + ":" + VERSION + " (Maven does so by itself on the common platforms, Gradle does"
                + " not); where it does not exist, start PostgreSQL in another way and set the host.");
    }

    /** {@return the version of PostgreSQL this module was built for, as {@code "16"}} */
    static String majorVersion() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    /** {@return a text that differs for archives that differ, found without reading the archive} */
    String fingerprint() throws IOException {
        URLConnection connection = location.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(Binaries.class.getResourceAsStream("binaries.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
