package dev.wellhead.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Everything that decides which secret is read, and as whom. Databases with equal addresses share their reads.
 *
 * @param secretId name or ARN
 * @param region where the secret is
 * @param strict whether an endpoint without TLS is refused
 * @param sdk the system properties of the SDK that choose the endpoint and the identity; the variables of a process do
 *     not change
 */
record SecretAddress(String secretId, String region, boolean strict, List<String> sdk) {

    /** Source: AWS SDK for Java 2.x Developer Guide, "Configure the SDK with system properties". */
    private static final String[] PROPERTIES = {
        "aws.endpointUrlSecretsManager",
        "aws.endpointUrl",
        "aws.ignoreConfiguredEndpointUrls",
        "aws.profile",
        "aws.configFile",
        "aws.sharedCredentialsFile",
        "aws.accessKeyId",
        "aws.roleArn",
        "aws.roleSessionName",
        "aws.webIdentityTokenFile"
    };

    /** {@return the address of a secret for a database that opens now} */
    static SecretAddress of(String secretId, String region, boolean strict, Properties properties) {
        List<String> sdk = new ArrayList<>(PROPERTIES.length);
        for (String name : PROPERTIES) {
            sdk.add(properties.getProperty(name, ""));
        }
        return new SecretAddress(secretId, region, strict, List.copyOf(sdk));
    }
}
