package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.embedded.InitScriptException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds init scripts: in a directory or a file, or on the class path. As in the container image of PostgreSQL, the files
 * of a directory run in the order of their names, and its subdirectories are not searched.
 */
final class ScriptLocation {

    private static final String CLASS_PATH = "classpath:";
    private static final String SUFFIX = ".sql";

    /** Other files that the container image runs. They must not be skipped without a message. */
    private static final List<String> OTHER_SCRIPTS = List.of(".sh", ".sql.gz", ".sql.xz", ".sql.zst");

    private final String location;

    private ScriptLocation(String location) {
        this.location = location;
    }

    /** {@return the scripts of all locations, in the order of the locations} */
    static List<InitScript> read(List<String> locations) throws InitScriptException {
        List<InitScript> scripts = new ArrayList<>();
        for (String location : locations) {
            scripts.addAll(new ScriptLocation(location).read());
        }
        return scripts;
    }

    private List<InitScript> read() throws InitScriptException {
        try {
            return location.startsWith(CLASS_PATH) ? onClassPath() : inFiles();
        } catch (InitScriptException e) {
            throw e;
        } catch (IOException e) {
            throw new InitScriptException("the init scripts '" + location + "' cannot be read: " + reason(e), e);
        }
    }

    private List<InitScript> inFiles() throws IOException {
        Path path;
        try {
            path = Path.of(location).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InitScriptException("'" + location + "' is not a path: " + e.getReason() + ".", e);
        }
        if (Files.isDirectory(path)) {
            Map<String, Path> files = new TreeMap<>();
            try (Stream<Path> entries = Files.list(path)) {
                entries.filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                Objects.requireNonNull(file.getFileName()).toString(), file));
            }
            List<InitScript> scripts = new ArrayList<>();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (isScript(file.getKey())) {
                    scripts.add(read(file.getValue()));
                }
            }
            return notEmpty(scripts);
        }
        if (!Files.exists(path)) {
            throw new InitScriptException(
                    "there is no directory or file " + path + ". Correct the location of the init scripts, '" + location
                            + "', or put " + CLASS_PATH + " before it if they are on the class path.");
        }
        requireSql(path.toString());
        return List.of(read(path));
    }

    private List<InitScript> onClassPath() throws IOException {
        String path = location.substring(CLASS_PATH.length()).replaceAll("^/+|/+$", "");
        ClassPathDirectory classPath = new ClassPathDirectory(path);
        if (path.endsWith(SUFFIX)) {
            return List.of(new InitScript(location, decoded(classPath.file(), location)));
        }
        List<InitScript> scripts = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : classPath.files().entrySet()) {
            if (isScript(file.getKey())) {
                String name = CLASS_PATH + path + "/" + file.getKey();
                scripts.add(new InitScript(name, decoded(file.getValue(), name)));
            }
        }
        return notEmpty(scripts);
    }

    private List<InitScript> notEmpty(List<InitScript> scripts) throws InitScriptException {
        if (scripts.isEmpty()) {
            throw new InitScriptException("'" + location + "' contains no file whose name ends in " + SUFFIX
                    + ". Correct the location of the init scripts, or remove it.");
        }
        return scripts;
    }

    private boolean isScript(String fileName) throws InitScriptException {
        for (String other : OTHER_SCRIPTS) {
            if (fileName.endsWith(other)) {
                throw new InitScriptException(
                        "'" + location + "' contains " + fileName + ". Init scripts must be uncompressed SQL files (*"
                                + SUFFIX + "). Move it to another directory, or list the files to run.");
            }
        }
        return fileName.endsWith(SUFFIX);
    }

    private static void requireSql(String file) throws InitScriptException {
        if (!file.endsWith(SUFFIX)) {
            throw new InitScriptException(
                    file + " is not an init script, because its name does not end in " + SUFFIX + ".");
        }
    }

    private static InitScript read(Path file) throws IOException {
        return new InitScript(file.toString(), decoded(Files.readAllBytes(file), file.toString()));
    }

    private static String decoded(byte[] content, String name) throws InitScriptException {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InitScriptException("init script " + name + " is not in UTF-8.", e);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof MalformedURLException ? "unknown protocol" : String.valueOf(failure.getMessage());
    }
}
