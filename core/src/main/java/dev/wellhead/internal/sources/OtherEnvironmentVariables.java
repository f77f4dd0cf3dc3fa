package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.NearMisses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds variables that were probably meant for {@code ENVIRONMENT}, if it is not set: misspelt ones, and those of frameworks
 * whose value is the name of an environment that would be strict.
 */
final class OtherEnvironmentVariables {

    private static final Set<String> VARIABLES = Set.of(
            "ENV",
            "STAGE",
            "APP_ENV",
            "APP_ENVIRONMENT",
            "APPLICATION_ENV",
            "APPLICATION_ENVIRONMENT",
            "DEPLOY_ENV",
            "DEPLOYMENT_ENV",
            "DEPLOYMENT_ENVIRONMENT",
            "ENVIRONMENT_NAME",
            "NODE_ENV",
            "RAILS_ENV",
            "RACK_ENV",
            "MIX_ENV",
            "FLASK_ENV",
            "DJANGO_ENV",
            "SPRING_PROFILES_ACTIVE",
            "QUARKUS_PROFILE",
            "MICRONAUT_ENVIRONMENTS",
            "ASPNETCORE_ENVIRONMENT",
            "DOTNET_ENVIRONMENT",
            "DD_ENV",
            "SENTRY_ENVIRONMENT",
            "RAILWAY_ENVIRONMENT",
            "RAILWAY_ENVIRONMENT_NAME",
            "VERCEL_ENV");

    private static final Set<String> STRICT =
            Set.of("production", "prod", "live", "staging", "stage", "preprod", "pre-production", "uat", "qa");

    private OtherEnvironmentVariables() {}

    /** Adds a warning for the first misspelt variable, or else for the first one of a framework. */
    static void check(Map<String, String> variables, List<String> warnings) {
        String ofFramework = "";
        for (String variable : new TreeSet<>(variables.keySet())) {
            String text = variables.getOrDefault(variable, "");
            if (isMisspelt(variable) && !text.isBlank()) {
                warnings.add(variable + " is set, but nothing reads it. Did you mean " + Environments.VARIABLE + "?");
                return;
            }
            String strict = VARIABLES.contains(variable) ? strictName(text) : "";
            if (ofFramework.isEmpty() && !strict.isEmpty()) {
                ofFramework = variable + " is '" + strict + "', but Wellhead does not read it: " + Environments.VARIABLE
                        + " is not set, so the rules of environment 'local' apply. Did you mean "
                        + Environments.VARIABLE + "?";
            }
        }
        if (!ofFramework.isEmpty()) {
            warnings.add(ofFramework);
        }
    }

    private static boolean isMisspelt(String variable) {
        return !variable.equals(Environments.VARIABLE)
                && NearMisses.isTypingErrorOf(variable.toUpperCase(Locale.ROOT), Environments.VARIABLE);
    }

    /** {@return the first item of a list of environments or profiles that is the name of a strict one; empty if none is} */
    private static String strictName(String text) {
        for (String item : text.split(",", -1)) {
            String name = item.strip().toLowerCase(Locale.ROOT);
            if (STRICT.contains(name)) {
                return name;
            }
        }
        return "";
    }
}
