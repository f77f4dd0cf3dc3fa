package dev.wellhead.spring.boot;

import dev.wellhead.settings.Origin;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** The origin of a property, down to the file and the line if Spring Boot has recorded them. */
final class PropertyOrigins {

    private static final String SYSTEM_PROPERTIES = "systemProperties";

    /** The names of property sources of Spring, as users know them. */
    private static final Map<String, String> WORDS = Map.of(
            "commandLineArgs", "command line",
            "spring.application.json", "SPRING_APPLICATION_JSON",
            "Inlined Test Properties", "properties of the test",
            "Dynamic Test Properties", "dynamic properties of the test",
            "defaultProperties", "default properties of the application");

    private PropertyOrigins() {}

    static Origin of(PropertySource<?> source, String name, Origin.Kind kind) {
        if (kind == Origin.Kind.ENVIRONMENT_VARIABLE) {
            return Origin.Variable.of(name);
        }
        if (source.getName().equals(SYSTEM_PROPERTIES)) {
            return new Origin.SystemProperty(name);
        }
        TextResourceOrigin text = text(OriginLookup.getOrigin(source, name));
        Resource resource = text == null ? null : text.getResource();
        if (text == null || resource == null) {
            String word = WORDS.getOrDefault(source.getName(), source.getName());
            return new Origin.ApplicationProperty(name, "", word, 0, kind);
        }
        TextResourceOrigin.Location location = text.getLocation();
        return new Origin.ApplicationProperty(
                name, "", file(resource), location == null ? 0 : location.getLine() + 1, kind);
    }

    private static @Nullable TextResourceOrigin text(org.springframework.boot.origin.@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin property) {
            return text(property.getOrigin());
        }
        return origin instanceof TextResourceOrigin text ? text : null;
    }

    private static String file(Resource resource) {
        if (resource instanceof OriginTrackedResource tracked) {
            return file(tracked.getResource());
        }
        if (resource instanceof ClassPathResource onClassPath) {
            return onClassPath.getPath();
        }
        try {
            return resource.isFile() ? resource.getFile().getPath() : resource.getDescription();
        } catch (IOException e) {
            return resource.getDescription();
        }
    }
}
