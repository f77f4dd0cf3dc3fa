package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
    void variables_ofEveryContainer_resolveWithoutAWarning() throws IOException {
        for (KubernetesObject object : objects()) {
            for (Object container : object.containers()) {
                Map<String, String> variables = KubernetesObject.environment(container);
                assertThat(Databases.resolve(variables).warnings())
                        .as("%s", variables)
                        .isEmpty();
            }
        }
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
