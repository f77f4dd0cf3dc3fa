package dev.wellhead.internal.pem;

/** The kind of a file or text, for the choice of a parser and for messages about a content of the wrong kind. */
public enum ContentKind {
    EMPTY("is empty", ""),
    CERTIFICATE("contains a certificate", ""),
    PRIVATE_KEY("contains a private key", ""),
    ENCRYPTED_PRIVATE_KEY("contains an encrypted private key", ""),
    PUBLIC_KEY("contains a public key", ""),
    CERTIFICATE_REQUEST(
            "contains a certificate request, which no authority has signed yet",
            "Use the certificate that the authority issues for it."),
    REVOCATION_LIST("contains a certificate revocation list", ""),
    OPENSSH_KEY(
            "contains a private key in the format of OpenSSH",
            "Convert it in place with: ssh-keygen -p -m PKCS8 -f FILE"),
    PKCS7(
            "contains a PKCS#7 bundle of certificates",
            "Convert it with: openssl pkcs7 -print_certs -in FILE -out NEW (with -inform DER for a binary file)"),
    KEY_STORE("is a PKCS#12 key store", ""),
    JAVA_KEY_STORE("is a Java key store", ""),
    JCEKS_KEY_STORE("is a Java key store", ""),
    UNKNOWN("contains data in an unknown format", "");

    private final String description;
    private final String fix;

    ContentKind(String description, String fix) {
        this.description = description;
        this.fix = fix;
    }

    /** {@return the rest of a sentence about the file: {@code contains a public key}} */
    public String description() {
        return description;
    }

    /** {@return how to convert it; empty if there is no advice} */
    public String fix() {
        return fix;
    }

    /** {@return whether it is a key store of any format} */
    public boolean isKeyStore() {
        return this == KEY_STORE || this == JAVA_KEY_STORE || this == JCEKS_KEY_STORE;
    }
}
