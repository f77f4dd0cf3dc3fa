package dev.wellhead.internal.types;

import java.nio.file.Path;

/**
 * A file that contains a value and that can be replaced while a database is open. A password in it is read again.
 *
 * @param path the file
 * @param isUrl whether the content is a connection URL and the value a part of it; otherwise the whole content, without
 *     one final line break, is the value
 */
public record FollowedFile(Path path, boolean isUrl) {}
