package dev.wellhead.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running program that prints {@code ready} under load, and its figures after it has read a line. Ends after three minutes at the latest. */
final class LoadProgram implements AutoCloseable {

    private static final int LIMIT_SECONDS = 180;

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final Path log;

    private LoadProgram(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * {@return the program, which is ready; the caller closes it}
     *
     * @param environment its whole environment
     * @param log gets its error output
     */
    static LoadProgram start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        LoadProgram program = new LoadProgram(builder.start(), log);
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(program.process::destroyForcibly);
        String line = program.output.readLine();
        if (!"ready".equals(line)) {
            program.close();
            throw new IOException("The program printed '" + line + "' in place of 'ready': " + Files.readString(log));
        }
        return program;
    }

    /** Ends the program. {@return the line with its figures} */
    String stop() throws IOException, InterruptedException {
        input.write("stop\n");
        input.flush();
        String figures = output.readLine();
        if (process.waitFor() != 0 || figures == null) {
            throw new IOException("The program failed: " + Files.readString(log));
        }
        return figures;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
        try {
            input.close();
        } catch (IOException e) {
            // the program has ended before it has read everything
        }
    }
}
