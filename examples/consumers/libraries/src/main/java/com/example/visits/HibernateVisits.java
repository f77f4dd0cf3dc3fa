package com.example.visits;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.Table;
import javax.sql.DataSource;

/** Visits with Hibernate. */
final class HibernateVisits implements Visits {

    private final EntityManagerFactory factory;

    /** A row. */
    @Entity(name = "Visit")
    @Table(name = "visits")
    static class Visit {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private Long id;
    }

    HibernateVisits(DataSource source) {
        this.factory = Persistence.createEntityManagerFactory(new PersistenceConfiguration("visits")
                .managedClass(Visit.class)
                .property("jakarta.persistence.nonJtaDataSource", source)
                .property("hibernate.hbm2ddl.auto", "validate"));
    }

    @Override
    public long add() {
        return factory.callInTransaction(entities -> {
            entities.persist(new Visit());
            return entities.createQuery("select count(v) from Visit v", Long.class)
                    .getSingleResult();
        });
    }

    @Override
    public void close() {
        factory.close();
    }
}
