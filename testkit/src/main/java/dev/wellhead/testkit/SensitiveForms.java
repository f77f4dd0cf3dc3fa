package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A recognisable password, and the forms in which a text can reveal it: a part, an encoding, a hash, its length. */
public final class SensitiveForms {

    /** Shorter parts reveal nothing about a password, and occur by chance. */
    private static final int PART = 8;

    /** Longer than line numbers and timings, so that the length of the password can be recognised. */
    private static final int LENGTH = 7919;

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final String SPECIAL = "%+ /@:?&=#'\"\\$";
    private static final int SPECIAL_EVERY = 12;

    /** The length of a proof, a hash that allows guessing the password: 32 bytes, 16 for MD5. */
    private static final Pattern ANSWER = Pattern.compile("\\b[pv]=[A-Za-z0-9+/]{43}=|\\bmd5[0-9a-f]{32}\\b");

    private final String value;
    private final Set<String> parts = new HashSet<>();

    /** Hashes of the first four characters of the parts. They exclude most positions of a text without a search. */
    private final BitSet beginnings = new BitSet();

    private final Map<String, String> encodings = new LinkedHashMap<>();
    private final Map<String, Pattern> numbers = new LinkedHashMap<>();

    private SensitiveForms(String value, String user) {
        this.value = value;
        for (int i = 0; i + PART <= value.length(); i++) {
            parts.add(value.substring(i, i + PART));
            beginnings.set(beginning(value, i));
        }
        byte[] bytes = value.getBytes(UTF_8);
        String head = HexFormat.of().formatHex(Arrays.copyOf(bytes, PART));
        encodings.put("hexadecimal", head);
        encodings.put("percent-encoded", head.replaceAll("(..)", "%$1"));
        encodings.put(
                "characters",
                Arrays.toString(value.substring(0, PART).toCharArray()).replace("]", ""));
        encodings.put("bytes", Arrays.toString(Arrays.copyOf(bytes, PART)).replace("]", ""));
        for (int shift = 0; shift < 3; shift++) {
            byte[] aligned = Arrays.copyOfRange(bytes, shift, shift + 24);
            encodings.put("base64, shifted by " + shift, Base64.getEncoder().encodeToString(aligned));
        }
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
            addHash(algorithm, digest(algorithm, bytes));
        }
        addHash("MD5 of the password and the user", digest("MD5", (value + user).getBytes(UTF_8)));
        numbers.put("length", Pattern.compile("\\b" + value.length() + "\\b"));
        numbers.put("hash code", Pattern.compile("\\b-?" + Math.abs((long) value.hashCode()) + "\\b"));
        encodings.put("hash code, hexadecimal", Integer.toHexString(value.hashCode()));
    }

    /** {@return a password of this seed for a user} */
    public static SensitiveForms random(long seed, String user) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            String from = i % SPECIAL_EVERY == SPECIAL_EVERY - 1 ? SPECIAL : LETTERS;
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return new SensitiveForms(text.toString(), user);
    }

    /** {@return the password} */
    public String value() {
        return value;
    }

    /**
     * Searches for the verifier and the keys of SCRAM as well.
     *
     * @param role the role that they belong to; each role has another salt
     * @param verifier {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>}, from pg_authid
     */
    public void addVerifier(String role, String verifier) throws GeneralSecurityException {
        String[] parts = verifier.split("[$:]", -1);
        encodings.put("SCRAM StoredKey of " + role, parts[3]);
        encodings.put("SCRAM ServerKey of " + role, parts[4]);
        PBEKeySpec spec = new PBEKeySpec(
                value.toCharArray(), Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]), 256);
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        addHash("SCRAM SaltedPassword of " + role, salted);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salted, "HmacSHA256"));
        byte[] clientKey = mac.doFinal("Client Key".getBytes(UTF_8));
        addHash("SCRAM ClientKey of " + role, clientKey);
        if (!Base64.getEncoder().encodeToString(digest("SHA-256", clientKey)).equals(parts[3])) {
            throw new IllegalStateException("the keys computed here are not the server's");
        }
    }

    /** {@return the forms that a text contains; empty if it reveals nothing} */
    public List<String> in(String text) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i + PART <= text.length(); i++) {
            if (beginnings.get(beginning(text, i)) && parts.contains(text.substring(i, i + PART))) {
                found.add("in part");
                break;
            }
        }
        String lower = text.toLowerCase(Locale.ROOT);
        encodings.forEach((name, form) -> {
            if (text.contains(form) || lower.contains(form)) {
                found.add(name);
            }
        });
        if (ANSWER.matcher(text).find()) {
            found.add("answer of SCRAM or MD5");
        }
        numbers.forEach((name, form) -> {
            if (form.matcher(text).find()) {
                found.add(name);
            }
        });
        return found;
    }

    private static int beginning(String text, int at) {
        return (text.charAt(at) * 31 * 31 * 31
                        + text.charAt(at + 1) * 31 * 31
                        + text.charAt(at + 2) * 31
                        + text.charAt(at + 3))
                & 0xFFFFF;
    }

    private void addHash(String name, byte[] hash) {
        encodings.put(name + ", hexadecimal", HexFormat.of().formatHex(hash));
        encodings.put(name + ", base64", Base64.getEncoder().withoutPadding().encodeToString(hash));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
