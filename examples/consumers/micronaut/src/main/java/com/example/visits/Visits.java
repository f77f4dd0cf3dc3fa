package com.example.visits;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Counts visits in the database. */
@Singleton
class Visits {

    private final VisitRepository repository;

    Visits(VisitRepository repository) {
        this.repository = repository;
    }

    /** Adds a visit. {@return the number of visits} */
    @Transactional
    long add() {
        repository.save(new Visit(null, Instant.now()));
        return repository.count();
    }
}
