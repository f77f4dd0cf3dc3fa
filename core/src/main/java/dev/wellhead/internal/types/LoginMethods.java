package dev.wellhead.internal.types;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The login methods that a server may request, by the rules of libpq's {@code require_auth}: a list of methods, or a
 * list of forbidden methods that each begin with {@code !}. The method {@code none} stands for a server that requests
 * no authentication. Source: PostgreSQL documentation, libpq chapter, "Parameter Key Words".
 */
public final class LoginMethods {

    private static final List<String> SUPPORTED = List.of("scram-sha-256", "md5", "password", "none");
    private static final List<String> UNSUPPORTED = List.of("gss", "sspi");

    private final Set<String> named;
    private final boolean forbidden;

    private LoginMethods(Set<String> named, boolean forbidden) {
        this.named = named;
        this.forbidden = forbidden;
    }

    /**
     * Parses the value of the setting {@code requireAuth}.
     *
     * @throws InvalidValueException if the text is not a list of methods, or permits none that the driver supports
     */
    public static LoginMethods parse(String text) throws InvalidValueException {
        Set<String> named = new LinkedHashSet<>();
        boolean forbidden = text.strip().startsWith("!");
        for (String part : text.split(",", -1)) {
            String method = part.strip();
            if (method.startsWith("!") != forbidden) {
                throw invalid("mixes permitted methods and forbidden ones");
            }
            String name = forbidden ? method.substring(1).strip() : method;
            if (!SUPPORTED.contains(name) && !UNSUPPORTED.contains(name)) {
                throw invalid("is not a list of login methods");
            }
            if (!named.add(name)) {
                throw invalid("names a method twice");
            }
        }
        LoginMethods methods = new LoginMethods(Set.copyOf(named), forbidden);
        for (String method : SUPPORTED) {
            if (methods.permits(method)) {
                return methods;
            }
        }
        throw invalid("permits no method that the driver supports");
    }

    private static InvalidValueException invalid(String what) {
        return new InvalidValueException(
                what,
                "List methods, separated by commas: scram-sha-256, md5, password, none; or forbid methods by a leading"
                        + " '!' for each. Kerberos (gss, sspi) is not supported.");
    }

    /** {@return whether the server may use this method} */
    public boolean permits(String method) {
        return named.contains(method) != forbidden;
    }
}
