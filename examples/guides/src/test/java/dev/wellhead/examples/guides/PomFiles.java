package dev.wellhead.examples.guides;

import dev.wellhead.testkit.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The versions in the POMs of this repository. */
final class PomFiles {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    /** Reads POMs; a property or dependency of a later one replaces that of an earlier one. */
    PomFiles(String... files) throws IOException {
        for (String file : files) {
            Element project = parse(Repository.read(file));
            for (Node node = first(project, "properties").getFirstChild(); node != null; node = node.getNextSibling()) {
                properties.put(node.getNodeName(), node.getTextContent());
            }
            for (Element dependency : all(project, "dependency")) {
                if (!text(dependency, "version").isEmpty()) {
                    versions.put(text(dependency, "artifactId"), text(dependency, "version"));
                }
            }
        }
    }

    /** {@return the value of a property} */
    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    /** {@return the version of an artifact, or an empty text if no POM has one} */
    String version(String artifact) {
        String version = versions.getOrDefault(artifact, "");
        return version.startsWith("${") ? property(version.substring(2, version.length() - 1)) : version;
    }

    static Element parse(String xml) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(e);
        }
    }

    static List<Element> all(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static String text(Element parent, String name) {
        List<Element> elements = all(parent, name);
        return elements.isEmpty() ? "" : elements.get(0).getTextContent();
    }

    private static Element first(Element parent, String name) {
        return all(parent, name).get(0);
    }
}
