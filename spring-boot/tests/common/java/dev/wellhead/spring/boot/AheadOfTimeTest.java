package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** Spring generates the code of a native image from the bean definitions. It opens no database at that time. */
class AheadOfTimeTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(WellheadAutoConfiguration.class)
    static class Application {}

    @Test
    void beans_areGeneratedAheadOfTime_withoutADatabase() throws IOException {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.wellhead.spring.boot", "AheadOfTime")), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(
                            "wellhead.databases.default.url=postgresql://app:x@db.invalid/shop",
                            "wellhead.databases.ledger.url=postgresql://app:x@db.invalid/ledger")
                    .applyTo(context);
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
            assertThat(context.getBeanFactory().containsBeanDefinition("wellheadEarlyOpening"))
                    .isTrue();
            assertThat(context.getBeanFactory().containsSingleton("wellheadEarlyOpening"))
                    .as("begins to open the database")
                    .isFalse();
        }

        assertThat(sources(files)).contains("\"database\"", "\"ledgerDatabase\"", "\"ledgerReader\"");
    }

    private static String sources(InMemoryGeneratedFiles files) {
        return files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet().stream()
                .map(name -> content(files, name))
                .collect(Collectors.joining());
    }

    private static String content(InMemoryGeneratedFiles files, String name) {
        try {
            return String.valueOf(files.getGeneratedFileContent(GeneratedFiles.Kind.SOURCE, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
