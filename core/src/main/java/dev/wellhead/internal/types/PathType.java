package dev.wellhead.internal.types;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path of the file system, relative to the working directory where it is not absolute. {@code ~} is not expanded. */
public final class PathType implements SettingType<Path> {

    @Override
    public String description() {
        return "a file";
    }

    @Override
    public Path parse(String text) throws InvalidValueException {
        TextType.requireEncodable(text);
        if (text.equals("~") || text.startsWith("~/")) {
            throw new InvalidValueException(
                    "a path that starts with ~, which only a shell expands", "Write the whole path.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidValueException(
                    "not a path this system can open", "Write a path that exists on this machine.");
        }
    }
}
