package dev.wellhead.internal.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the size of a configuration after substitution, before it is substituted: a file of 1 KB in which each
 * value repeats the previous one twice expands to more than the memory of any machine. Typesafe-config has no limit and
 * does not make the parts of a substitution available, so this class reads them in the JSON rendering of the parsed
 * file: strings in quotes, objects, lists, and <code>${path}</code>. A key that is set several times is rendered
 * several times, in order.
 */
final class ExpandedSize {

    /** In characters. Larger configurations are not resolved. */
    static final long LARGEST = 16 << 20;

    /** Added to the characters of each value, so that the time of the resolution is limited as well. */
    private static final int VALUE = 16;

    private static final int MOST_STEPS = 1 << 20;

    /** One of the values that a key is set to, with the members of the objects and the elements of the lists in it. */
    private static final class Layer {

        private long literals;
        private final List<String> references = new ArrayList<>(1);
        private final List<Layer> nested = new ArrayList<>(0);
    }

    private static final class Node {

        private final Map<String, Node> children = new HashMap<>();
        private final List<Layer> layers = new ArrayList<>(1);
        private long size = -1;
        private boolean isInProgress;
        private long soFar;
    }

    private final String text;
    private final Map<String, String> variables;
    private final Node root = new Node();
    private int at;
    private int steps;
    private int cycles;

    private ExpandedSize(String text, Map<String, String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /**
     * {@return whether a configuration is too large after substitution}
     *
     * @param rendered the concise rendering of the parsed configuration
     * @param variables the variables that substitutions may use
     */
    static boolean isTooLarge(String rendered, Map<String, String> variables) {
        ExpandedSize estimate = new ExpandedSize(rendered, variables);
        estimate.readValue(estimate.root);
        return estimate.sizeOf(estimate.root) > LARGEST;
    }

    /** Reads one value up to the comma or bracket that ends it; its pieces are concatenated. */
    private Layer readValue(Node node) {
        Layer layer = new Layer();
        node.layers.add(layer);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == '}' || c == ']') {
                break;
            }
            if (c == '{') {
                readObject(node, layer);
            } else if (c == '[') {
                readList(layer);
            } else if (c == '"') {
                layer.literals += readString().length();
            } else if (text.startsWith("${", at)) {
                layer.references.add(readReference());
            } else {
                layer.literals++;
                at++;
            }
        }
        return layer;
    }

    private void readObject(Node node, Layer layer) {
        at++;
        while (at < text.length() && text.charAt(at) != '}') {
            if (text.charAt(at) == '"') {
                String key = readString();
                at++; // the colon
                layer.nested.add(readValue(node.children.computeIfAbsent(key, name -> new Node())));
            } else {
                at++; // a comma
            }
        }
        at++;
    }

    /** A substitution cannot name an element of a list. */
    private void readList(Layer layer) {
        at++;
        while (at < text.length() && text.charAt(at) != ']') {
            layer.nested.add(readValue(new Node()));
            if (at < text.length() && text.charAt(at) != ']') {
                at++; // a comma, or a bracket that is not expected
            }
        }
        at++;
    }

    private String readString() {
        int begin = ++at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        String string = text.substring(begin, Math.min(at, text.length()));
        at++;
        return string;
    }

    private String readReference() {
        int begin = at + 2;
        boolean isQuoted = false;
        at = begin;
        while (at < text.length() && (isQuoted || text.charAt(at) != '}')) {
            isQuoted ^= text.charAt(at) == '"';
            at++;
        }
        String path = text.substring(begin, Math.min(at, text.length()));
        at++;
        return path.startsWith("?") ? path.substring(1) : path;
    }

    private long sizeOf(Node node) {
        if (node.size >= 0) {
            return node.size;
        }
        if (node.isInProgress) {
            // a reference to a value that is being computed refers to the layers before the present one
            cycles++;
            return node.soFar;
        }
        if (++steps > MOST_STEPS) {
            return LARGEST + 1;
        }
        int cyclesBefore = cycles;
        node.isInProgress = true;
        node.soFar = 0;
        for (Layer layer : node.layers) {
            long size = sizeOf(layer);
            boolean containsItself = false;
            for (String path : layer.references) {
                containsItself |= find(path) == node;
            }
            // a layer may be merged into the previous one
            node.soFar = limited(containsItself ? size : node.soFar + size);
        }
        node.isInProgress = false;
        if (cycles == cyclesBefore) {
            node.size = node.soFar;
        }
        return node.soFar;
    }

    private long sizeOf(Layer layer) {
        if (++steps > MOST_STEPS) {
            return LARGEST + 1;
        }
        long size = layer.literals + VALUE;
        for (String path : layer.references) {
            Node target = find(path);
            size = limited(size + (target == null ? lengthOfVariable(path) : sizeOf(target)));
        }
        for (Layer nested : layer.nested) {
            size = limited(size + sizeOf(nested));
        }
        return size;
    }

    private static long limited(long size) {
        return Math.min(size, LARGEST + 1);
    }

    private int lengthOfVariable(String path) {
        return variables.getOrDefault(path, "").length();
    }

    /** Returns the value at a path, whose keys may be in quotes; null if there is none. */
    private @Nullable Node find(String path) {
        Node node = root;
        int begin = 0;
        while (node != null && begin <= path.length()) {
            boolean isQuoted = begin < path.length() && path.charAt(begin) == '"';
            int end = isQuoted ? path.indexOf('"', begin + 1) : path.indexOf('.', begin);
            end = end < 0 ? path.length() : end;
            node = node.children.get(path.substring(isQuoted ? begin + 1 : begin, end));
            begin = end + (isQuoted ? 2 : 1);
        }
        return node;
    }
}
