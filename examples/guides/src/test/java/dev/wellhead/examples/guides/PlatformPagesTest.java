package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.wellhead.Databases;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the files of the pages about ECS, Lambda, docker compose and systemd, and resolves their variables. */
class PlatformPagesTest {

    private static final Set<String> UNIT_KEYS = Set.of(
            "Description",
            "Wants",
            "After",
            "ExecStart",
            "User",
            "DynamicUser",
            "Environment",
            "LoadCredential",
            "LoadCredentialEncrypted",
            "SuccessExitStatus",
            "TimeoutStopSec",
            "Restart",
            "RestartSec",
            "WantedBy");

    @Test
    void composeFiles_ofThePage_declareWhatTheyUse() throws IOException {
        for (Object file : yaml("docs/guides/compose.md")) {
            Set<String> secrets = Tree.entries(file, "secrets").keySet();
            Map<String, Object> services = Tree.entries(file, "services");
            services.forEach((name, service) -> {
                assertThat(Tree.text(service, "image") + Tree.text(service, "build"))
                        .as("%s", name)
                        .isNotEmpty();
                assertThat(secrets).containsAll(texts(Tree.items(service, "secrets")));
                assertThat(services.keySet())
                        .containsAll(Tree.entries(service, "depends_on").keySet());
                assertResolves(Tree.entries(service, "environment"));
            });
        }
    }

    @Test
    void taskDefinition_ofThePage_hasItsRequiredFields() throws IOException {
        Object definition = json("docs/guides/ecs.md", "task-definition.json");

        for (String field : List.of("family", "executionRoleArn", "taskRoleArn", "cpu", "memory")) {
            assertThat(Tree.text(definition, field)).as("%s", field).isNotEmpty();
        }
        assertThat(Tree.items(definition, "requiresCompatibilities")).containsExactly("FARGATE");
        assertThat(Tree.items(definition, "containerDefinitions")).isNotEmpty().allSatisfy(container -> {
            assertThat(Tree.text(container, "image")).isNotEmpty();
            Map<String, Object> variables = new LinkedHashMap<>();
            Tree.items(container, "environment")
                    .forEach(variable -> variables.put(Tree.text(variable, "name"), Tree.text(variable, "value")));
            assertResolves(variables);
        });
    }

    @Test
    void policies_ofThePages_haveEffectActionAndResource() throws IOException {
        for (String page : List.of("docs/guides/ecs.md", "docs/guides/lambda.md")) {
            Object policy = json(page, "policy.json");

            assertThat(Tree.text(policy, "Version")).isEqualTo("2012-10-17");
            assertThat(Tree.items(policy, "Statement")).isNotEmpty().allSatisfy(statement -> {
                assertThat(Tree.text(statement, "Effect")).isEqualTo("Allow");
                assertThat(Tree.at(statement, "Action")).isNotNull();
                assertThat(Tree.text(statement, "Resource")).startsWith("arn:aws:");
            });
        }
    }

    @Test
    void lambdaTemplate_ofThePage_describesAFunction() throws IOException {
        for (Object template : yaml("docs/guides/lambda.md")) {
            assertThat(Tree.text(template, "Transform")).isEqualTo("AWS::Serverless-2016-10-31");
            assertThat(Tree.entries(template, "Resources").values())
                    .isNotEmpty()
                    .allSatisfy(function -> {
                        assertThat(Tree.text(function, "Type")).isEqualTo("AWS::Serverless::Function");
                        for (String property : List.of("Handler", "Runtime", "CodeUri", "Timeout", "MemorySize")) {
                            assertThat(Tree.text(function, "Properties." + property))
                                    .as("%s", property)
                                    .isNotEmpty();
                        }
                        assertResolves(Tree.entries(function, "Properties.Environment.Variables"));
                    });
        }
    }

    @Test
    void units_ofThePage_haveKnownKeysAndCredentials() throws IOException {
        for (Snippet unit : blocks("docs/guides/systemd.md", "ini")) {
            Map<String, Object> variables = new HashMap<>();
            String credential = "";
            for (String line :
                    unit.code().lines().filter(text -> text.contains("=")).toList()) {
                String key = line.substring(0, line.indexOf('='));
                String value = line.substring(key.length() + 1);
                assertThat(UNIT_KEYS).contains(key);
                if (key.startsWith("LoadCredential")) {
                    credential = value.substring(0, value.indexOf(':'));
                } else if (key.equals("Environment")) {
                    String name = value.substring(0, value.indexOf('='));
                    variables.put(name, value.substring(name.length() + 1).replace("%d", "/run/credentials"));
                }
            }
            assertThat(unit.code()).contains("%d/" + credential);
            assertResolves(variables);
        }
    }

    private static void assertResolves(Map<String, Object> variables) {
        if (variables.keySet().stream().anyMatch(name -> name.startsWith("DB_") || name.startsWith("DATABASE_"))) {
            Map<String, String> environment = new HashMap<>();
            variables.forEach((name, value) -> environment.put(name, String.valueOf(value)));
            assertThat(Databases.resolve(environment).warnings())
                    .as("%s", environment)
                    .isEmpty();
        }
    }

    private static List<Object> yaml(String page) throws IOException {
        return blocks(page, "yaml").stream()
                .map(block -> new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(block.code()))
                .toList();
    }

    private static Object json(String page, String file) throws IOException {
        return blocks(page, "json").stream()
                .filter(block -> block.file().equals(file))
                .map(block -> new Gson().fromJson(block.code(), Object.class))
                .findFirst()
                .orElseThrow();
    }

    private static List<Snippet> blocks(String page, String language) throws IOException {
        return Snippet.of(page).stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    private static List<String> texts(List<Object> items) {
        return items.stream()
                .map(item -> item instanceof Map ? Tree.text(item, "source") : String.valueOf(item))
                .toList();
    }
}
