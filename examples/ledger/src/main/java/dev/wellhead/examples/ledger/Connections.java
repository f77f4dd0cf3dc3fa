package dev.wellhead.examples.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the ledger acquires its connections: {@code dataSource::getConnection}, or one that counts as well. */
@FunctionalInterface
interface Connections {

    Connection acquire() throws SQLException;
}
