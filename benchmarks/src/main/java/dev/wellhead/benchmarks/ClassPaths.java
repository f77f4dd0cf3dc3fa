package dev.wellhead.benchmarks;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Databases;
import dev.wellhead.benchmarks.firstrow.HikariProgram;
import dev.wellhead.benchmarks.firstrow.WellheadProgram;
import dev.wellhead.benchmarks.memory.HikariDatabases;
import dev.wellhead.benchmarks.memory.WellheadDatabases;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.NullMarked;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/**
 * The class paths of the programs: the jars that a build tool would resolve, a logging backend without output, and one
 * jar with the programs. They contain only jars, because class-data archives do not support directories.
 */
record ClassPaths(String peer, String wellhead) {

    private static final List<String> PROGRAMS = List.of(
            HikariProgram.class.getName(),
            WellheadProgram.class.getName(),
            HikariDatabases.class.getName(),
            WellheadDatabases.class.getName(),
            HikariDatabases.class.getPackageName() + ".HeapPerDatabase",
            HikariDatabases.class.getPackageName() + ".HeapPerDatabase$Opener");

    static ClassPaths create(Path directory) throws IOException {
        String programs = programs(directory.resolve("programs.jar")).toString();
        List<String> peer = new ArrayList<>(List.of(
                programs,
                jarOf(HikariDataSource.class),
                jarOf(Driver.class),
                jarOf(Logger.class),
                jarOf(NOPServiceProvider.class)));
        List<String> wellhead = new ArrayList<>(peer);
        wellhead.addAll(1, List.of(jarOf(Databases.class), jarOf(Config.class), jarOf(NullMarked.class)));
        return new ClassPaths(String.join(File.pathSeparator, peer), String.join(File.pathSeparator, wellhead));
    }

    private static String jarOf(Class<?> type) throws IOException {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                throw new IOException(type.getName() + " is not in a jar. Package it first (mvn verify).");
            }
            return jar.toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Path programs(Path file) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String program : PROGRAMS) {
                String name = program.replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream content = ClassPaths.class.getResourceAsStream("/" + name)) {
                    if (content == null) {
                        throw new IOException(name + " is not on the class path");
                    }
                    content.transferTo(jar);
                }
            }
        }
        return file;
    }
}
