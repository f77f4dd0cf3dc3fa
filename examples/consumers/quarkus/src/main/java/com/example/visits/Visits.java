package com.example.visits;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Counts visits in the database. */
@ApplicationScoped
public class Visits {

    @Inject
    EntityManager entities;

    /** Adds a visit. {@return the number of visits} */
    @Transactional
    public long add() {
        entities.persist(new Visit());
        return entities.createQuery("select count(v) from Visit v", Long.class).getSingleResult();
    }
}
