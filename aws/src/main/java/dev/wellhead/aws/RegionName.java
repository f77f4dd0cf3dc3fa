package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.text.SafeText;

/**
 * The syntax of the names of AWS regions. The SDK makes a host name from the name of a region, so any other text could send
 * a request to a host outside of AWS. Source: AWS Regions and Availability Zones, "Regions": parts of lower-case letters
 * and a final number, such as {@code eu-west-1} and {@code us-gov-east-1}.
 */
final class RegionName {

    private static final int LONGEST = 32;
    private static final int SHORTEST_PARTS = 3;

    private RegionName() {}

    /**
     * {@return the name of a region}
     *
     * @param source the variable or the place that has the name, for the message
     * @throws CredentialsException if it is not the name of a region
     */
    static String require(String name, String source) throws CredentialsException {
        if (isValid(name)) {
            return name;
        }
        String shown = SafeText.quoted(name);
        throw new CredentialsException(
                source + (shown.isEmpty() ? " is not" : " is " + shown + ", which is not")
                        + " the name of an AWS region.",
                "Write a name such as eu-west-1, in lower case.",
                null);
    }

    static boolean isValid(String name) {
        if (name.length() > LONGEST) {
            return false;
        }
        String[] parts = name.split("-", -1);
        int last = parts.length - 1;
        for (int i = 0; i < last; i++) {
            if (!consistsOf(parts[i], 'a', 'z')) {
                return false;
            }
        }
        return parts.length >= SHORTEST_PARTS && consistsOf(parts[last], '0', '9');
    }

    private static boolean consistsOf(String part, char first, char last) {
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < first || part.charAt(i) > last) {
                return false;
            }
        }
        return !part.isEmpty();
    }
}
