package dev.wellhead.aws;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Terraform program of this machine. Tests that need it are skipped if it is not installed. */
final class Terraform {

    private static final long SECONDS = 60;

    private final Path program;
    private final Path directory;

    private Terraform(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** {@return the program, which runs in {@code directory}} Skips the test if it is not installed. */
    static Terraform in(Path directory) {
        Path program = onPath();
        assumeThat(program).describedAs("terraform, on the PATH").isNotNull();
        return new Terraform(Objects.requireNonNull(program), directory);
    }

    private static @Nullable Path onPath() {
        for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && Files.isExecutable(Path.of(entry, "terraform"))) {
                return Path.of(entry, "terraform");
            }
        }
        return null;
    }

    /**
     * How a run ended.
     *
     * @param status 0 where all is well
     * @param output both streams
     */
    record Run(int status, String output) {}

    Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("terraform", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
            builder.environment().put("TF_CLI_CONFIG_FILE", File.separatorChar == '/' ? "/dev/null" : "NUL");
            builder.environment().put("TF_IN_AUTOMATION", "1");
            builder.environment().put("CHECKPOINT_DISABLE", "1");
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("terraform " + List.of(arguments) + " did not end");
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
