package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Kotlin blocks of all pages together, each in a package of its own. */
class KotlinBlocksTest {

    @Test
    void kotlinBlocks_onTheClassPathOfTheirLibraries_compile(@TempDir Path directory) throws IOException {
        List<Snippet> blocks = Snippet.of(Repository.pages()).stream()
                .filter(block ->
                        block.language().equals("kotlin") && !block.file().endsWith(".kts"))
                .toList();
        assertThat(blocks).isNotEmpty();
        for (Snippet block : blocks) {
            String name = "line" + block.line();
            String page = Path.of(block.page()).getFileName().toString().replaceAll("\\W", "_");
            Path file = directory.resolve(page + "_" + name + ".kt");
            Files.writeString(file, "package " + page + "." + name + "\n" + block.code());
        }

        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        ExitCode code = new K2JVMCompiler()
                .exec(
                        new PrintStream(messages, true, StandardCharsets.UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-jvm-target",
                        "17",
                        "-classpath",
                        ChildJvm.CLASS_PATH,
                        "-d",
                        directory.resolve("classes").toString(),
                        directory.toString());

        assertThat(code).as("%s", messages.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    }
}
