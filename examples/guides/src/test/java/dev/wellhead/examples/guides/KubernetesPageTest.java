package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the objects of docs/guides/kubernetes.md, and resolves the variables of their containers. */
class KubernetesPageTest {

    private static final String PAGE = "docs/guides/kubernetes.md";

    @Test
    void objects_ofThePage_haveTheirRequiredFields() throws IOException {
        assertThat(objects()).hasSizeGreaterThan(5).allSatisfy(KubernetesObject::assertValid);
    }

    @Test
    void names_thatADeploymentUses_areDeclaredOnThePage() throws IOException {
        Set<String> declared =
                objects().stream().map(KubernetesObject::declared).collect(Collectors.toSet());

        for (KubernetesObject object : objects()) {
            assertThat(declared).as("%s", object).containsAll(object.used());
        }
    }

    @Test
    void variables_ofEveryContainer_resolveWithoutAWarning(@TempDir Path directory) throws IOException {
        List<KubernetesObject> objects = objects();
        for (int i = 0; i < objects.size(); i++) {
            Path root = directory.resolve("pod" + i);
            for (Object container : objects.get(i).containers()) {
                writeSecrets(objects, objects.get(i), container, root);
                Map<String, String> variables = new HashMap<>();
                KubernetesObject.environment(container)
                        .forEach((name, value) -> variables.put(name, insidePod(root, value)));
                assertThat(Databases.resolve(variables).warnings())
                        .as("%s", variables)
                        .isEmpty();
            }
        }
    }

    /** Writes the keys of the Secrets that a container mounts, as the kubelet does. */
    private static void writeSecrets(List<KubernetesObject> objects, KubernetesObject pod, Object container, Path root)
            throws IOException {
        for (Object mount : Tree.items(container, "volumeMounts")) {
            Path directory = root.resolve(Tree.text(mount, "mountPath").substring(1));
            String secret = "Secret " + pod.secretOf(Tree.text(mount, "name"));
            for (KubernetesObject object : objects) {
                if (object.declared().equals(secret)) {
                    Files.createDirectories(directory);
                    for (Map.Entry<String, Object> entry :
                            Tree.entries(object.tree(), "stringData").entrySet()) {
                        Files.writeString(directory.resolve(entry.getKey()), String.valueOf(entry.getValue()));
                    }
                }
            }
        }
    }

    /** {@return the path below the root of the pod if the value is the path of a file there, else the value} */
    private static String insidePod(Path root, String value) {
        boolean exists = value.startsWith("/") && Files.exists(root.resolve(value.substring(1)));
        return exists ? root.resolve(value.substring(1)).toString() : value;
    }

    /** {@return all objects; a block that is a patch counts as the deployment of the page with the patch applied} */
    private static List<KubernetesObject> objects() throws IOException {
        List<KubernetesObject> objects = new ArrayList<>();
        for (Snippet block : Snippet.of(PAGE)) {
            if (block.language().equals("yaml")) {
                for (Object tree : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(block.code())) {
                    objects.add(new KubernetesObject(
                            block.info().endsWith(" patch") ? Tree.merge(deployment(objects), tree) : tree));
                }
            }
        }
        return objects;
    }

    private static Object deployment(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .tree();
    }
}
