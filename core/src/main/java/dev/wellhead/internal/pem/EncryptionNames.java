package dev.wellhead.internal.pem;

import java.util.Map;

/** Names for the object identifiers of ciphers and encryption schemes that are not supported. */
final class EncryptionNames {

    private static final int LONGEST = 40;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"),
            Map.entry("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"),
            Map.entry("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"),
            Map.entry("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"),
            Map.entry("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"),
            Map.entry("1.2.840.113549.1.12.1.4", "pbeWithSHAAnd2-KeyTripleDES-CBC"),
            Map.entry("1.2.840.113549.3.2", "RC2-CBC"),
            Map.entry("1.2.840.113549.3.4", "RC4"),
            Map.entry("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
            Map.entry("2.16.840.1.101.3.4.1.26", "AES-192-GCM"),
            Map.entry("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
            Map.entry("1.2.392.200011.61.1.1.1.2", "CAMELLIA-128-CBC"),
            Map.entry("1.2.392.200011.61.1.1.1.3", "CAMELLIA-192-CBC"),
            Map.entry("1.2.392.200011.61.1.1.1.4", "CAMELLIA-256-CBC"),
            Map.entry("1.2.410.200046.1.1.2", "ARIA-128-CBC"),
            Map.entry("1.2.410.200046.1.1.7", "ARIA-192-CBC"),
            Map.entry("1.2.410.200046.1.1.12", "ARIA-256-CBC"),
            Map.entry("1.2.410.200004.1.4", "SEED-CBC"),
            Map.entry("1.2.156.10197.1.104.2", "SM4-CBC"));

    private EncryptionNames() {}

    /** {@return the name, or the identifier itself if it has no name here} */
    static String of(String identifier) {
        return NAMES.getOrDefault(identifier, identifier);
    }

    /** {@return the name; a placeholder if it contains other characters than names do} */
    static String plain(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return "an unknown cipher";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isPlain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!isPlain && c != '-' && c != '.') {
                return "an unknown cipher";
            }
        }
        return name;
    }
}
