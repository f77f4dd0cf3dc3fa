package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the build and the containers download only exact versions. */
class SupplyChainTest {

    private static final Path ROOT = Path.of("..", "..");

    @Test
    void images_ofEveryComposeFile_haveAnExactVersion() throws IOException {
        List<String> images = values("^ *image: *(.*)$", composeFiles());
        assertThat(images)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(image ->
                        image.matches("[a-z0-9./-]+:v?\\d+\\.\\d+(\\.\\d+)?(-[a-z0-9]+)*(@sha256:[0-9a-f]{64})?"));
    }

    @Test
    void ports_ofEveryComposeFile_areOpenOnLoopbackOnly() throws IOException {
        List<String> ports = values("^ *- *\"?([0-9.:]*\\d+:\\d+)\"?$", composeFiles());
        assertThat(ports).hasSizeGreaterThanOrEqualTo(3).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void actions_ofEveryWorkflow_arePinnedToACommit() throws IOException {
        List<Path> workflows = files(ROOT.resolve(".github/workflows"), ".yml");
        List<String> actions = values("^ *-? *uses: *(.*)$", workflows);
        assertThat(actions)
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
        assertThat(values("^permissions:\\R+((?: +.*\\R)+)", workflows))
                .hasSameSizeAs(workflows)
                .allMatch(permissions -> permissions.strip().equals("contents: read"));
    }

    @Test
    void maven_verifiesEveryDownload() throws IOException {
        assertThat(ROOT.resolve(".mvn/maven.config")).content().contains("--strict-checksums");
    }

    private static List<Path> composeFiles() {
        return List.of(ROOT.resolve("infrastructure/docker-compose.yml"));
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** {@return the texts that the first group of a pattern matches in the files} */
    private static List<String> values(String pattern, List<Path> files) throws IOException {
        List<String> values = new ArrayList<>();
        for (Path file : files) {
            Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
            while (matcher.find()) {
                values.add(matcher.group(1).strip());
            }
        }
        return values;
    }
}
