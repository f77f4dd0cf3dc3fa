package dev.wellhead.embedded.internal;

import java.security.SecureRandom;
import java.util.Base64;

/** The name and the password of a role of the server. */
public final class RoleLogin {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** 24 bytes become 32 letters, digits, hyphens and underscores. */
    private static final int PASSWORD_BYTES = 24;

    private final String role;
    private final String password;

    /** Creates a login with a given password. */
    public RoleLogin(String role, String password) {
        this.role = role;
        this.password = password;
    }

    /** {@return a login with a new random password} */
    public static RoleLogin random(String role) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return new RoleLogin(role, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** {@return the name of the role} */
    public String role() {
        return role;
    }

    /** {@return the password} */
    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return "RoleLogin[" + role + "]";
    }
}
