package dev.wellhead.aws;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.text.SafeText;
import java.io.Serial;
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
            throw new RefusedException("Its endpoint is " + SafeText.of(request.protocol()) + "://"
                    + SafeText.of(request.host()) + ", and a strict environment sends requests over TLS only.");
        }
    }

    /** Thrown instead of sending a request. */
    static final class RefusedException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
