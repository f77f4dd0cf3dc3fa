package dev.wellhead.internal.connect.tls;

/**
 * One base of a name constraint.
 *
 * @param type the tag of its GeneralName (RFC 5280, section 4.2.1.6)
 */
record NameSubtree(int type, String base) {

    static final int MAIL = 0x81;
    static final int DNS = 0x82;

    /** Returns whether the syntax of a name permits a comparison. */
    boolean compares(String name) {
        return name.indexOf('\0') < 0 && (type != MAIL || name.indexOf('@') >= 0);
    }

    /** Returns whether a name of the same type is in this subtree, by the rules of OpenSSL. */
    boolean contains(String name) {
        return compares(name) && (type == MAIL ? containsMail(name) : containsDns(name));
    }

    private boolean containsDns(String name) {
        if (base.isEmpty()) {
            return true;
        }
        int start = name.length() - base.length();
        boolean atLabel = start <= 0 || base.charAt(0) == '.' || name.charAt(start - 1) == '.';
        return atLabel && endsWithBase(name);
    }

    /** The base is an address, a host, or a domain with a leading dot. Only the host ignores case. */
    private boolean containsMail(String name) {
        if (base.startsWith(".")) {
            return name.length() > base.length() && endsWithBase(name);
        }
        int at = name.lastIndexOf('@');
        int baseAt = base.lastIndexOf('@');
        boolean sameMailbox = baseAt <= 0 || base.substring(0, baseAt).equals(name.substring(0, at));
        return sameMailbox && CertificateNames.equalIgnoringCase(base.substring(baseAt + 1), name.substring(at + 1));
    }

    private boolean endsWithBase(String name) {
        int start = name.length() - base.length();
        return start >= 0 && CertificateNames.equalIgnoringCase(base, name.substring(start));
    }
}
