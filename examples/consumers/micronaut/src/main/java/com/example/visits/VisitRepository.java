package com.example.visits;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** The visits in the database. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface VisitRepository extends CrudRepository<Visit, Long> {}
