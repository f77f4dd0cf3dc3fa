package dev.wellhead.internal.text;

/** Explains the paths of Unix sockets, which pgjdbc cannot use. */
public final class UnixSockets {

    /** Where Cloud Run and App Engine mount the sockets of Cloud SQL. */
    private static final String CLOUD_SQL = "/cloudsql";

    /** What to do about a socket or the connection name of a Cloud SQL instance. */
    public static final String FIX_FOR_CLOUD_SQL =
            "Use the address of the instance, or run the Cloud SQL Auth Proxy with a TCP port and use 127.0.0.1.";

    private static final String[] DIRECTORIES = {CLOUD_SQL + "/", "/var/run/", "/run/", "/tmp/"};

    private UnixSockets() {}

    /** {@return whether the text is in a directory where platforms and distributions have the sockets of PostgreSQL} */
    public static boolean isUsual(String path) {
        for (String directory : DIRECTORIES) {
            if (path.startsWith(directory)) {
                return true;
            }
        }
        return false;
    }

    /** {@return what to do about a socket in place of a host} */
    public static String fix(String path) {
        return path.startsWith(CLOUD_SQL)
                ? FIX_FOR_CLOUD_SQL
                : "Use a host name. A server on this machine also listens on localhost if listen_addresses allows it.";
    }
}
