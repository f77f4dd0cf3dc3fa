package dev.wellhead.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of Secrets Manager that the user configured instead of the one of AWS, for checks and messages. Its value is
 * never shown, because a URL can contain a password. Source: AWS SDKs and Tools Reference Guide, "Service-specific
 * endpoints", and the order of the SDK for Java.
 */
final class ConfiguredEndpoint {

    private static final String[] PROPERTIES = {"aws.endpointUrlSecretsManager", "aws.endpointUrl"};
    private static final String[] VARIABLES = {"AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"};
    private static final int LARGEST_PORT = 65_535;

    private final String place;
    private final @Nullable String value;

    ConfiguredEndpoint(Map<String, String> variables, Properties properties) {
        String property = first(PROPERTIES, properties::getProperty);
        String variable = first(VARIABLES, variables::get);
        if (property != null) {
            place = "the system property " + property;
            value = properties.getProperty(property);
        } else if (variable != null) {
            place = variable;
            value = variables.get(variable);
        } else {
            place = "endpoint_url of the AWS profile";
            value = null;
        }
    }

    private static @Nullable String first(String[] names, UnaryOperator<@Nullable String> values) {
        for (String name : names) {
            if (values.apply(name) != null) {
                return name;
            }
        }
        return null;
    }

    /** {@return the endpoint of this process} */
    static ConfiguredEndpoint ofProcess() {
        return new ConfiguredEndpoint(System.getenv(), System.getProperties());
    }

    /** {@return the failure if the SDK has accepted an endpoint that it cannot call; null if the endpoint is valid} */
    @Nullable
    EndpointException check(URI accepted) {
        return isValid(accepted) ? null : malformed();
    }

    /** {@return the failure if the SDK did not create its client because of an exception} */
    EndpointException rejected(RuntimeException thrown) {
        if (value != null && !isValid(value)) {
            return malformed();
        }
        return new EndpointException(
                "The AWS SDK could not create its client (" + thrown.getClass().getSimpleName() + ").",
                "Check the AWS profile. The form of its endpoint_url is https://host[:port].");
    }

    private EndpointException malformed() {
        return new EndpointException(
                "Its endpoint is malformed: " + place + " is not an http or https URL with a host.",
                "Set " + place + " to https://host[:port], or unset it.");
    }

    private static boolean isValid(String text) {
        try {
            return isValid(new URI(text));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isValid(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || scheme.equals("http"))
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= LARGEST_PORT;
    }
}
