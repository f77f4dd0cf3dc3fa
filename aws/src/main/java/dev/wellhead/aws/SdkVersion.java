package dev.wellhead.aws;

import dev.wellhead.internal.libraries.SupportedLibraries;
import dev.wellhead.internal.libraries.SupportedLibrary;
import dev.wellhead.settings.Problem;
import java.util.List;

/** The oldest supported AWS SDK. A build that imports a BOM often has an older one than this module was built with. */
final class SdkVersion {

    /** The first version that reads AWS_ENDPOINT_URL_SECRETS_MANAGER; some earlier ones lack methods that are used here. */
    static final String OLDEST = "2.28.1";

    private static final SupportedLibraries SDK = new SupportedLibraries(
            "wellhead-aws",
            List.of(
                    library("AWS SDK", "secretsmanager", "services.secretsmanager.SecretsManagerClient"),
                    library("AWS SDK", "url-connection-client", "http.urlconnection.UrlConnectionHttpClient")));

    private SdkVersion() {}

    private static SupportedLibrary library(String name, String artifact, String type) {
        return new SupportedLibrary(
                name + " (" + artifact + ")",
                "software.amazon.awssdk",
                artifact,
                "software.amazon.awssdk." + type,
                OLDEST,
                "");
    }

    /** {@return what to do about an unexpected exception of the SDK} */
    static String fix(Throwable unexpected) {
        if (unexpected instanceof LinkageError) {
            for (Problem problem : SDK.problems()) {
                return problem.message() + " " + String.join(" ", problem.fixes());
            }
        }
        return "See the cause; one of the SDK's jars may be missing or have another version.";
    }

    /** {@return the exception that explains an error; throws the error if the version of the SDK does not explain it} */
    static RuntimeException explained(LinkageError error) {
        return SDK.explained(error);
    }
}
