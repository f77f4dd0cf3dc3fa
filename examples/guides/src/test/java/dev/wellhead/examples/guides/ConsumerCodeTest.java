package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares blocks of the pages with the programs in examples/consumers, which run. */
class ConsumerCodeTest {

    @ParameterizedTest
    @CsvSource({
        "docs/guides/micronaut.md, micronaut, DatabaseFactory.java",
        "docs/jdbc-driver.md, libraries, WellheadDatabaseType.java",
    })
    void class_ofAPage_isThatOfTheConsumer(String page, String module, String file) throws IOException {
        Snippet block = Snippet.of(page).stream()
                .filter(snippet -> snippet.file().endsWith("/" + file))
                .findFirst()
                .orElseThrow();
        String program = Repository.read("examples/consumers/" + module + "/src/main/java/com/example/visits/" + file);

        assertThat(block.code().lines())
                .containsExactlyElementsOf(program.replace("package com.example.visits;", "package com.example;")
                        .lines()
                        .filter(line -> !line.startsWith("/**"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"docs/guides/micronaut.md, micronaut", "docs/guides/quarkus.md, quarkus"})
    void properties_ofAPage_areThoseOfTheConsumer(String page, String module) throws IOException {
        Properties program = new Properties();
        program.load(new StringReader(
                Repository.read("examples/consumers/" + module + "/src/main/resources/application.properties")));
        List<Snippet> blocks = Snippet.of(page).stream()
                .filter(snippet -> snippet.file().endsWith("application.properties"))
                .toList();

        assertThat(blocks).isNotEmpty();
        for (Snippet block : blocks) {
            Properties shown = new Properties();
            shown.load(new StringReader(block.code()));
            assertThat(program).as("%s", block).containsAllEntriesOf(shown);
        }
    }
}
