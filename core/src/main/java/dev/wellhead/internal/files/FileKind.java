package dev.wellhead.internal.files;

/** The kinds of files that settings name, with the maximum size of each. */
public enum FileKind {
    /** A file whose whole content is one value: as long as the longest password that a server reads. */
    PASSWORD(65_535),
    /** A JSON file with the fields of a secret: as long as the longest secret of AWS Secrets Manager. */
    SECRET(65_536),
    /**
     * libpq's password file. Only its owner may have access, as in libpq; if root owns it, its group may read it, as libpq
     * permits for keys. {@code /dev/null} is an empty one.
     */
    PASSFILE(1 << 20),
    /** libpq's connection service file. {@code /dev/null} is an empty one. */
    SERVICE_FILE(1 << 20),
    /** A file of HOCON, JSON or Java properties. */
    CONFIGURATION(4 << 20),
    /** Certificates in any format. The bundles of operating systems and of RDS have less than 300 kB. */
    CERTIFICATES(1 << 20),
    /** A private key, or a key store. */
    PRIVATE_KEY(1 << 20),
    /** Certificate revocation lists, of which public authorities publish large ones. */
    REVOCATION_LIST(16 << 20);

    private static final int MIB = 1 << 20;

    private final int largestBytes;

    FileKind(int largestBytes) {
        this.largestBytes = largestBytes;
    }

    /** {@return the size in bytes of the largest file that is read} */
    public int largestBytes() {
        return largestBytes;
    }

    /** Returns the size of the largest file, for messages. */
    String limit() {
        return largestBytes % MIB == 0 ? largestBytes / MIB + " MiB" : largestBytes + " bytes";
    }

    /** Returns whether {@code /dev/null} is accepted, which is the usual way to disable these files in libpq. */
    boolean acceptsNullDevice() {
        return this == PASSFILE || this == SERVICE_FILE;
    }

    boolean requiresPrivate() {
        return this == PASSFILE;
    }
}
