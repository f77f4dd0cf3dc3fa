package com.example.visits;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counts visits in the database. */
@Service
class Visits {

    private final VisitRepository repository;

    Visits(VisitRepository repository) {
        this.repository = repository;
    }

    /** Adds a visit. {@return the number of visits} */
    @Transactional
    public long add() {
        repository.save(new Visit());
        return repository.count();
    }
}
