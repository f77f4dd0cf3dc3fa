package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the commands of the pages with what they name: targets of make, modules and tests of Maven, artifacts. */
class CommandsTest {

    private static final Pattern MAKE = Pattern.compile("(?:^|[` ])make((?: [a-z]+(?:-[a-z]+)*(?=[ `\\n]))+)");
    private static final Pattern SERVICES = Pattern.compile("\\bSERVICES=(?:\"([a-z ]+)\"|([a-z]+))");
    private static final Pattern MODULES = Pattern.compile("\\bmvn [^`\\n]*-pl ([a-z0-9./,-]+)");
    private static final Pattern TESTS = Pattern.compile("-Dtest=([A-Za-z,]+Test)\\b");

    static Stream<String> pages() throws IOException {
        return Repository.pages().stream();
    }

    /** {@return the commands of a page: its blocks for the shell, and the text between backquotes} */
    private static List<String> commands(String page) throws IOException {
        Stream<String> blocks = Snippet.of(page).stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.code().lines())
                .map(line -> line.replaceFirst(" +#.*", ""));
        Stream<String> spans = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)")
                .matcher(Repository.read(page))
                .results()
                .map(span -> span.group(1));
        return Stream.concat(blocks, spans).map(command -> command + "\n").toList();
    }

    private static Set<String> targets() throws IOException {
        return Repository.read("Makefile")
                .lines()
                .filter(line -> line.matches("[a-z-]+:.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void make_targetsAndServicesOfAPage_exist(String page) throws IOException {
        Set<String> targets = targets();
        String help = Repository.read("Makefile");
        for (String command : commands(page)) {
            Matcher make = MAKE.matcher(command);
            while (make.find()) {
                assertThat(targets).as("%s: %s", page, command).containsAll(words(make.group(1), " "));
            }
            Matcher services = SERVICES.matcher(command);
            while (services.find()) {
                String names = services.group(1) == null ? services.group(2) : services.group(1);
                for (String name : words(names, " ")) {
                    assertThat(help).as("%s: %s", page, command).containsPattern("SERVICES: some of [^\\n]*\\b" + name);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void maven_modulesAndTestsOfAPage_exist(String page) throws IOException {
        Set<String> classes = testClasses();
        for (String command : commands(page)) {
            Matcher modules = MODULES.matcher(command);
            while (modules.find()) {
                for (String module : words(modules.group(1), ",")) {
                    assertThat(Repository.root().resolve(module).resolve("pom.xml"))
                            .as("%s: %s", page, command)
                            .exists();
                }
            }
            Matcher tests = TESTS.matcher(command);
            while (tests.find()) {
                assertThat(classes).as("%s: %s", page, command).containsAll(words(tests.group(1), ","));
            }
        }
    }

    @Test
    void readme_modules_areThoseOfTheBom() throws IOException {
        String readme = Repository.read("README.md");
        PomFiles.all(PomFiles.parse(Repository.read("bom/pom.xml")), "dependency").stream()
                .map(dependency -> PomFiles.text(dependency, "artifactId"))
                .forEach(artifact -> assertThat(readme).contains("`" + artifact + "`"));
    }

    private static List<String> words(String text, String separator) {
        return Arrays.asList(text.strip().split(separator, -1));
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.root())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
