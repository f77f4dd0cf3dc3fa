package dev.wellhead.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class paths of the programs in {@code benchmarks/redis}: jars only, as a build tool would resolve them. */
record RedisPrograms(String classPath) {

    static final String LOAD = "dev.wellhead.benchmarks.redis.RedisLoad";
    static final String WELLHEAD = "dev.wellhead.benchmarks.redis.WellheadCommand";
    static final String LETTUCE = "dev.wellhead.benchmarks.redis.LettuceCommand";

    private static final List<String> OF_LETTUCE = List.of(
            "wellhead-benchmarks-redis", "lettuce-", "netty-", "reactor-", "reactive-streams", "redis-authx", "slf4j-");

    private static final List<String> OF_WELLHEAD =
            List.of("wellhead-core", "wellhead-redis", "HikariCP", "postgresql", "config-", "jspecify");

    static RedisPrograms of(Path benchmarks) throws IOException {
        return new RedisPrograms(
                SecretsLibrary.of("Redis", benchmarks, "../redis").classPath());
    }

    /** {@return the class path of a program that uses only Lettuce} */
    String lettuce() {
        return only(OF_LETTUCE);
    }

    /** {@return the class path of a program that uses wellhead-redis} */
    String wellhead() {
        List<String> names = new ArrayList<>(OF_LETTUCE);
        names.addAll(OF_WELLHEAD);
        return only(names);
    }

    private String only(List<String> names) {
        List<String> jars = new ArrayList<>();
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            String file = Path.of(jar).getFileName().toString();
            if (names.stream().anyMatch(file::startsWith)) {
                jars.add(jar);
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}
