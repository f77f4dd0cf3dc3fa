package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An object of a Kubernetes page: its required fields, and the names that it declares and uses. */
record KubernetesObject(Object tree) {

    private static final Map<String, String> API_VERSIONS = Map.of(
            "Deployment", "apps/v1",
            "Secret", "v1",
            "ConfigMap", "v1",
            "ServiceAccount", "v1",
            "NetworkPolicy", "networking.k8s.io/v1",
            "ExternalSecret", "external-secrets.io/v1",
            "SecretProviderClass", "secrets-store.csi.x-k8s.io/v1");

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "Deployment", List.of("spec.selector.matchLabels", "spec.template.metadata.labels"),
            "NetworkPolicy", List.of("spec.podSelector", "spec.policyTypes"),
            "ExternalSecret",
                    List.of("spec.secretStoreRef.name", "spec.secretStoreRef.kind", "spec.target.name", "spec.data"),
            "SecretProviderClass", List.of("spec.provider", "spec.parameters.objects"));

    private static final String VAULT_ROLE = "vault.hashicorp.com/role";
    private static final String POD = "spec.template.spec.";

    String kind() {
        return Tree.text(tree, "kind");
    }

    /** {@return the kind and the name of the object that other objects refer to} */
    String declared() {
        return kind().equals("ExternalSecret")
                ? "Secret " + Tree.text(tree, "spec.target.name")
                : kind() + " " + Tree.text(tree, "metadata.name");
    }

    List<Object> containers() {
        return Tree.items(tree, POD + "containers");
    }

    void assertValid() {
        assertThat(Tree.text(tree, "apiVersion")).as("%s", this).isEqualTo(API_VERSIONS.get(kind()));
        assertThat(Tree.text(tree, "metadata.name")).as("%s", this).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        for (String path : REQUIRED.getOrDefault(kind(), List.of())) {
            assertThat(Tree.at(tree, path)).as("%s: %s", this, path).isNotNull();
        }
        if (kind().equals("Deployment")) {
            assertThat(Tree.entries(tree, "spec.template.metadata.labels"))
                    .containsAllEntriesOf(Tree.entries(tree, "spec.selector.matchLabels"));
            assertThat(containers()).isNotEmpty().allSatisfy(this::assertContainer);
        }
    }

    private void assertContainer(Object container) {
        assertThat(Tree.text(container, "name")).isNotEmpty();
        assertThat(Tree.text(container, "image")).isNotEmpty();
        assertThat(Tree.names(tree, POD + "volumes")).containsAll(Tree.names(container, "volumeMounts"));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            String port = Tree.text(container, probe + ".httpGet.port");
            assertThat(port.isEmpty() || Tree.names(container, "ports").contains(port))
                    .as("%s: %s", this, probe)
                    .isTrue();
        }
        List<String> directories = new ArrayList<>();
        for (Object mount : Tree.items(container, "volumeMounts")) {
            directories.add(Tree.text(mount, "mountPath"));
        }
        if (Tree.entries(tree, "spec.template.metadata.annotations").containsKey(VAULT_ROLE)) {
            directories.add("/vault/secrets"); // mounted by the injector
        }
        environment(container).forEach((name, value) -> {
            if (value.startsWith("/")) {
                assertThat(directories)
                        .as("%s: %s", this, name)
                        .anyMatch(mounted -> value.startsWith(mounted) || mounted.startsWith(value));
            }
        });
    }

    /** {@return the name of the Secret of a volume, or an empty text} */
    String secretOf(String volume) {
        return Tree.items(tree, POD + "volumes").stream()
                .filter(item -> Tree.text(item, "name").equals(volume))
                .map(item -> Tree.text(item, "secret.secretName"))
                .findFirst()
                .orElse("");
    }

    /** {@return the kinds and names of the objects that a pod of this deployment needs} */
    Set<String> used() {
        Set<String> used = new TreeSet<>();
        for (Object volume : Tree.items(tree, POD + "volumes")) {
            add(used, "Secret", Tree.text(volume, "secret.secretName"));
            add(used, "ConfigMap", Tree.text(volume, "configMap.name"));
            add(used, "SecretProviderClass", Tree.text(volume, "csi.volumeAttributes.secretProviderClass"));
        }
        for (Object container : containers()) {
            for (Object variable : Tree.items(container, "env")) {
                add(used, "Secret", Tree.text(variable, "valueFrom.secretKeyRef.name"));
            }
        }
        add(used, "ServiceAccount", Tree.text(tree, POD + "serviceAccountName"));
        return used;
    }

    private static void add(Set<String> used, String kind, String name) {
        if (!name.isEmpty()) {
            used.add(kind + " " + name);
        }
    }

    /** {@return the variables of a container; those that come from a secret have a placeholder} */
    static Map<String, String> environment(Object container) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Object variable : new ArrayList<>(Tree.items(container, "env"))) {
            String value = Tree.text(variable, "value");
            variables.put(Tree.text(variable, "name"), value.isEmpty() ? "from-a-secret" : value);
        }
        return variables;
    }

    @Override
    public String toString() {
        return kind() + " " + Tree.text(tree, "metadata.name");
    }
}
