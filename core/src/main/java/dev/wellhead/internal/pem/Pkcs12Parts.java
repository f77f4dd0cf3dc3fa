package dev.wellhead.internal.pem;

/**
 * Finds out which parts of a PKCS#12 store the JDK skips without an exception: encrypted certificates if there is no
 * password, and every private key that is not encrypted. Used only for messages. Source: RFC 7292, section 4.
 *
 * @param areEncrypted whether any part is encrypted as a whole, so that its entries are hidden without the password
 * @param havePlainKey whether a private key is not encrypted
 */
record Pkcs12Parts(boolean areEncrypted, boolean havePlainKey) {

    /** PKCS#7 data. The other content of a part is encrypted data. */
    private static final String DATA = "1.2.840.113549.1.7.1";

    private static final String KEY_BAG = "1.2.840.113549.1.12.10.1.1";

    /** {@return the parts of a key store; a store in another format has no such parts} */
    static Pkcs12Parts of(byte[] store) {
        try {
            return ContentRecognition.kindOf(store) == ContentKind.KEY_STORE
                    ? ofParts(contentOf(Der.of(store).enter(Der.SEQUENCE)))
                    : new Pkcs12Parts(false, false);
        } catch (PemException e) {
            // in BER, which is not read here; usually it is encrypted
            return new Pkcs12Parts(true, false);
        }
    }

    private static byte[] contentOf(Der store) throws PemException {
        store.number();
        Der safe = store.enter(Der.SEQUENCE);
        safe.identifier();
        return data(safe);
    }

    private static Pkcs12Parts ofParts(byte[] content) throws PemException {
        boolean encrypted = false;
        boolean plainKey = false;
        Der parts = Der.of(content).enter(Der.SEQUENCE);
        while (parts.tag() != Der.END) {
            Der part = parts.enter(Der.SEQUENCE);
            if (part.identifier().equals(DATA)) {
                plainKey |= containsPlainKey(Der.of(data(part)).enter(Der.SEQUENCE));
            } else {
                encrypted = true;
            }
        }
        return new Pkcs12Parts(encrypted, plainKey);
    }

    private static byte[] data(Der part) throws PemException {
        return part.enter(Der.CONTEXT_0).read(Der.OCTET_STRING);
    }

    private static boolean containsPlainKey(Der bags) throws PemException {
        while (bags.tag() != Der.END) {
            if (bags.enter(Der.SEQUENCE).identifier().equals(KEY_BAG)) {
                return true;
            }
        }
        return false;
    }
}
