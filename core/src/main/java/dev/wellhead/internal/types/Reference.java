package dev.wellhead.internal.types;

/** Recognises references that a shell, a template or a secret store should have replaced. */
public final class Reference {

    private static final String[] SECRET_STORES = {
        "{{resolve:", // CloudFormation
        "arn:aws", // Secrets Manager and Parameter Store
        "ssm:",
        "secret://",
        "secrets://",
        "secretsmanager:",
        "aws-secretsmanager",
        "vault:",
        "op://", // 1Password
        "ref+", // vals
        "sm://", // Spring Cloud GCP
        "sm@",
        "gcp-secret",
        "projects/", // Google Secret Manager, with a condition below
        "@microsoft.keyvault(",
        "azurekeyvault",
        "keyvault:",
        "enc(", // Jasypt
        "enc[", // SOPS
        "{cipher}" // Spring Cloud Config
    };

    private static final String[] SECRET_DIRECTORIES = {
        "/run/secrets/", "/var/run/secrets/", "/mnt/secrets", "/etc/secrets/", "/vault/secrets/", "file:/"
    };

    private Reference() {}

    /** {@return whether the text, in lower case, is a reference to an entry of a secret store} */
    static boolean isToSecret(String lower) {
        return startsWithAny(lower, SECRET_STORES) && (!lower.startsWith("projects/") || lower.contains("/secrets/"));
    }

    /** {@return whether the text, in lower case, is the path of a file in which a platform puts a secret} */
    static boolean isToSecretFile(String lower) {
        return startsWithAny(lower, SECRET_DIRECTORIES);
    }

    /**
     * {@return whether the text is a reference to a variable: {@code ${NAME}}, {@code $(NAME)}, {@code {{ name }}}, or
     * {@code $NAME} and {@code %NAME%} in capital letters}
     */
    public static boolean isToVariable(String text) {
        return isBetween(text, "${", "}")
                || isBetween(text, "$(", ")")
                || isBetween(text, "{{", "}}")
                || (text.startsWith("$") && isVariableName(text.substring(1)))
                || (isBetween(text, "%", "%") && isVariableName(text.substring(1, text.length() - 1)));
    }

    /** {@return whether the text starts and ends with these parts, and has another part between them} */
    static boolean isBetween(String text, String start, String end) {
        return text.length() > start.length() + end.length() && text.startsWith(start) && text.endsWith(end);
    }

    /** Capital letters with an underscore, or a name that contains PASSWORD or SECRET. Random text has another form. */
    private static boolean isVariableName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && c != '_' && (i == 0 || !(c >= '0' && c <= '9'))) {
                return false;
            }
        }
        return text.indexOf('_') > 0 || text.contains("PASSWORD") || text.contains("SECRET");
    }

    private static boolean startsWithAny(String text, String[] starts) {
        for (String start : starts) {
            if (text.startsWith(start)) {
                return true;
            }
        }
        return false;
    }
}
