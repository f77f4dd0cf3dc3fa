package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Files that belong together, such as those of user and password, at one moment. All of them are read again until none
 * has changed meanwhile. Immutable.
 *
 * <p>Kubernetes replaces all files of a mounted volume at the same moment: each is a symbolic link into the directory
 * {@code ..data}, which is itself a symbolic link that is replaced. Other programs write one file after the other, so the
 * files of one moment may still have parts of two versions. Source: Kubernetes documentation, "Secrets", "Mounted Secrets
 * are updated automatically"; the volume's layout is that of the AtomicWriter of the kubelet.
 */
public final class FileGroup {

    private static final int TRIES = 10;
    private static final int PAUSE_MILLIS = 10;

    /** The link that the kubelet replaces. */
    private static final String DATA = "..data";

    private final Map<String, String> texts;
    private final Map<String, FileStamp> stamps;
    private final boolean replacedTogether;

    private FileGroup(Map<String, String> texts, Map<String, FileStamp> stamps, boolean replacedTogether) {
        this.texts = texts;
        this.stamps = stamps;
        this.replacedTogether = replacedTogether;
    }

    /**
     * {@return the files as they are now}
     *
     * @param files the files by their names in the group, at least one
     * @param kind the kind of each file
     * @throws UnreadableFileException if one of them cannot be read, or if they do not stop to change
     */
    public static FileGroup read(Map<String, Path> files, FileKind kind) throws UnreadableFileException {
        Path first = files.values().iterator().next();
        try {
            return FileThreads.call(first, new Read(Map.copyOf(files), kind));
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFileException(FileFault.FAILED, "", e);
        }
    }

    /** {@return the texts of the files, without one final line break, by their names; sensitive} */
    public Map<String, String> texts() {
        return texts;
    }

    /** {@return the text of a file; null if the group has no file of this name} Sensitive. */
    public @Nullable String text(String name) {
        return texts.get(name);
    }

    /** {@return whether a file was written since {@code earlier}, even with the same content} */
    public boolean isWrittenSince(FileGroup earlier, String name) {
        FileStamp stamp = stamps.get(name);
        // two writes within a few milliseconds can have the same stamp
        return stamp == null
                || !stamp.equals(earlier.stamps.get(name))
                || !Objects.equals(texts.get(name), earlier.texts.get(name));
    }

    /** {@return whether all files are replaced at the same moment, so that they always belong together} */
    public boolean isReplacedTogether() {
        return replacedTogether;
    }

    /** {@return whether nothing has changed: neither a content nor a stamp} */
    public boolean isSameAs(FileGroup other) {
        return stamps.equals(other.stamps) && texts.equals(other.texts);
    }

    /** Reads the files, as one access to the file system. */
    private record Read(Map<String, Path> files, FileKind kind) implements Callable<FileGroup> {

        @Override
        public FileGroup call() throws IOException, InterruptedException {
            Map<String, FileStamp> before = stamps();
            for (int i = 0; i < TRIES; i++) {
                FileGroup group = group(before);
                Map<String, FileStamp> after = stamps();
                if (group != null && after.equals(before)) {
                    return group;
                }
                before = after;
                Thread.sleep(PAUSE_MILLIS);
            }
            throw new UnreadableFileException(FileFault.CHANGING);
        }

        /** Returns null if a file disappeared after the stamps were read: the directory was replaced. */
        private @Nullable FileGroup group(Map<String, FileStamp> before) throws IOException {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                try {
                    texts.put(file.getKey(), TextFile.withoutFinalLineBreak(TextFile.text(file.getValue(), kind)));
                } catch (UnreadableFileException e) {
                    if (!stamps().equals(before)) {
                        return null;
                    }
                    throw e;
                }
            }
            return new FileGroup(texts, before, areReplacedTogether());
        }

        private Map<String, FileStamp> stamps() {
            Map<String, FileStamp> stamps = new LinkedHashMap<>();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                stamps.put(file.getKey(), FileStamp.of(file.getValue()));
            }
            return stamps;
        }

        private boolean areReplacedTogether() {
            List<Path> directories = new ArrayList<>();
            for (Path file : files.values()) {
                Path data = file.resolveSibling(DATA);
                try {
                    Path target = data.toRealPath();
                    if (!Files.isSymbolicLink(data) || !file.toRealPath().startsWith(target)) {
                        return false;
                    }
                    directories.add(target);
                } catch (IOException noSuchLink) {
                    return false;
                }
            }
            return directories.stream().distinct().count() == 1;
        }
    }
}
