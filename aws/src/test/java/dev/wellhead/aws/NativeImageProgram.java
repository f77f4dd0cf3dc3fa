package dev.wellhead.aws;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.tls.TrustAnchors;
import java.sql.Connection;

/** Reads the secret of a database, and the root certificates of RDS. */
final class NativeImageProgram {

    private NativeImageProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Database database = Databases.fromEnvironment();
                Connection connection = database.getConnection()) {
            if (!connection.isValid(30)) {
                throw new AssertionError("not valid");
            }
        }
        TrustAnchors roots = new RdsTrustAnchors()
                .trustAnchorsFor("ledger.abcdefghijkl.eu-west-1.rds.amazonaws.com")
                .orElseThrow();
        if (roots.certificates().isEmpty()) {
            throw new AssertionError("no certificates");
        }
        // threads of the SDK may remain
        System.exit(0);
    }
}
