package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module provides the same services on the module path and on the class path. */
class ModuleTest {

    @Test
    void provides_sameOnModulePathAndClassPath() throws Exception {
        Path classes = Path.of(SecretStore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module =
                ModuleFinder.of(classes).find("dev.wellhead.aws").orElseThrow().descriptor();
        Map<String, List<String>> provided = module.provides().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));

        assertThat(provided)
                .containsOnlyKeys(CredentialsProviderFactory.class.getName(), TrustAnchorsProvider.class.getName());
        for (Map.Entry<String, List<String>> service : provided.entrySet()) {
            assertThat(listed(service.getKey())).isEqualTo(service.getValue());
        }
        assertThat(module.exports()).isEmpty();
    }

    /** The SDK can remove its internal classes in any release; its region chain is not public either. */
    @Test
    void sources_imports_includeNoInternalClassOfTheSdk() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("awssdk\\.[\\w.]*internal")
                        .doesNotContain("awssdk.regions.providers");
            }
        }
    }

    private static List<String> listed(String service) throws IOException {
        try (InputStream file = SecretStore.class.getResourceAsStream("/META-INF/services/" + service)) {
            return new String(Objects.requireNonNull(file, service).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }
}
