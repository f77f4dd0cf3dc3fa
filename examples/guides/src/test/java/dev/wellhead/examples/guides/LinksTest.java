package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that links between pages lead to existing files and headings, and that the index has every page. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

    static Stream<String> pages() throws IOException {
        return Repository.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void link_insideTheRepository_leadsToAnExistingFileAndHeading(String page) throws IOException {
        Path source = Repository.root().resolve(page);
        Matcher link = LINK.matcher(Repository.read(page));
        while (link.find()) {
            String target = link.group(1);
            if (target.contains("://")) {
                continue;
            }
            Path file = target.isEmpty() ? source : source.resolveSibling(target);
            assertThat(file).as("%s links to %s", page, link.group()).exists();
            String heading = link.group(2);
            if (heading != null && file.toString().endsWith(".md")) {
                assertThat(headings(file))
                        .as("%s links to %s", page, link.group())
                        .contains(heading);
            }
        }
    }

    @Test
    void index_ofTheDocumentation_linksToEveryPage() throws IOException {
        String index = Repository.read("docs/README.md");
        for (String page : Repository.pagesIn("docs")) {
            String name = page.substring("docs/".length());
            if (!name.equals("README.md")) {
                assertThat(index).contains("](" + name + ")");
            }
        }
    }

    /** {@return the anchors of the headings, computed as GitHub does} */
    private static List<String> headings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
