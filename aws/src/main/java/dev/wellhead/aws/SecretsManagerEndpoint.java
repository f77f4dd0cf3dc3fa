package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Where Secrets Manager answers: the SDK's own variables and system properties for endpoints first, then the region's.
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints" and "Dual-stack and FIPS endpoints".
 */
final class SecretsManagerEndpoint {

    private SecretsManagerEndpoint() {}

    /** {@return the endpoint for {@code region}} */
    static URI of(String region) throws CredentialsException {
        for (EndpointSetting setting : EndpointSetting.values()) {
            String configured = configured(setting.property, setting.variable);
            if (!configured.isEmpty()) {
                return uri(configured, setting);
            }
        }
        List<EndpointTag> tags = new ArrayList<>(2);
        if (isTrue(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT)) {
            tags.add(EndpointTag.DUALSTACK);
        }
        if (isTrue(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT)) {
            tags.add(EndpointTag.FIPS);
        }
        ServiceEndpointKey key = ServiceEndpointKey.builder()
                .region(Region.of(region))
                .tags(tags)
                .build();
        URI host = ServiceMetadata.of("secretsmanager").endpointFor(key);
        return URI.create("https://" + host + "/");
    }

    private static boolean isTrue(SdkSystemSetting setting) {
        return Boolean.parseBoolean(configured(setting.property(), setting.environmentVariable()));
    }

    /** {@return what the system property says, else the variable; empty where neither does} */
    private static String configured(String property, String variable) {
        String text = System.getProperty(property, "").strip();
        if (text.isEmpty()) {
            String inEnvironment = System.getenv(variable);
            text = inEnvironment == null ? "" : inEnvironment.strip();
        }
        return text;
    }

    private static URI uri(String configured, EndpointSetting setting) throws CredentialsException {
        try {
            URI uri = new URI(configured);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new CredentialsException(
                setting.variable + " is not the URL of an endpoint. Use https://host or http://host:port.");
    }

    /** The SDK's names for a configured endpoint, the more specific first. */
    private enum EndpointSetting {
        SERVICE("aws.endpointUrlSecretsManager", "AWS_ENDPOINT_URL_SECRETS_MANAGER"),
        GLOBAL("aws.endpointUrl", "AWS_ENDPOINT_URL");

        private final String property;
        private final String variable;

        EndpointSetting(String property, String variable) {
            this.property = property;
            this.variable = variable;
        }
    }
}
