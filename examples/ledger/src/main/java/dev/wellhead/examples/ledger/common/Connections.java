package dev.wellhead.examples.ledger.common;

import java.sql.Connection;
import java.sql.SQLException;

/** Supplies the ledger's connections: {@code dataSource::getConnection}, or a wrapper that also counts. */
@FunctionalInterface
public interface Connections {

    Connection acquire() throws SQLException;
}
