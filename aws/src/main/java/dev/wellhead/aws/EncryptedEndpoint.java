package dev.wellhead.aws;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.text.SafeText;
import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Refuses a request to an endpoint without TLS before it is sent, unless the endpoint is on this machine. Checks the request
 * and not the configuration, because the SDK takes the endpoint from variables, system properties and profiles.
 */
final class EncryptedEndpoint implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        if (!request.protocol().equals("https") && !HostNames.isLoopback(request.host())) {
            URI uri = request.getUri();
            throw new EndpointException(
                    "Its endpoint is " + SafeText.of(uri.getScheme()) + "://" + SafeText.of(uri.getRawAuthority())
                            + ", and a strict environment sends requests over TLS only.",
                    "Set AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL or endpoint_url of the AWS profile to an https"
                            + " URL, or unset it.");
        }
    }
}
