package dev.wellhead.embedded.internal;

import dev.wellhead.embedded.InitScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A directory or a file on the class path. A directory can be in several entries of the class path; its files are
 * those of all of them.
 *
 * @param path the name, as a class loader expects it
 */
record ClassPathDirectory(String path) {

    /** {@return the content of the file} */
    byte[] file() throws IOException {
        List<URL> found = found();
        if (found.size() > 1) {
            throw new InitScriptException("the class path contains '" + path + "' " + found.size() + " times: " + found
                    + ". Keep one of them.");
        }
        return content(found.get(0));
    }

    /** {@return the content of the files in the directory by their names, in the order of the names} */
    Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (URL directory : found()) {
            for (Map.Entry<String, byte[]> file : files(directory).entrySet()) {
                if (files.put(file.getKey(), file.getValue()) != null) {
                    throw new InitScriptException("the class path contains '" + path + "/" + file.getKey()
                            + "' more than once: " + found() + ". Keep one of them.");
                }
            }
        }
        return files;
    }

    private List<URL> found() throws IOException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ClassPathDirectory.class.getClassLoader() : context;
        List<URL> found = Collections.list(loader.getResources(path));
        if (found.isEmpty()) {
            throw new InitScriptException("there is no '" + path
                    + "' on the class path. Correct the location of the init scripts. If it is in a"
                    + " jar file without entries for directories, list the files: classpath:" + path
                    + "/<file>.sql");
        }
        return found;
    }

    private static Map<String, byte[]> files(URL directory) throws IOException {
        URLConnection connection = directory.openConnection();
        if (connection instanceof JarURLConnection jar) {
            // a cached file would stay open, and could not be replaced on Windows
            jar.setUseCaches(false);
            return files(jar);
        }
        if (!directory.getProtocol().equals("file")) {
            throw new InitScriptException(directory
                    + " cannot be listed. List the files, such as classpath:db/init/01.sql, or use a directory"
                    + " that is not on the class path.");
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of(uri(directory)))) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                files.put(Objects.requireNonNull(file.getFileName()).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static Map<String, byte[]> files(JarURLConnection connection) throws IOException {
        String prefix = connection.getEntryName().replaceAll("/*$", "/");
        Map<String, byte[]> files = new TreeMap<>();
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                boolean isInside = name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0;
                if (isInside && !entry.isDirectory()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.put(name.substring(prefix.length()), in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    private static byte[] content(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(url + " is not a valid URL", e);
        }
    }
}
