package com.example.visits;

/** Counts visits in the database. */
public interface Visits extends AutoCloseable {

    /** Adds a visit. {@return the number of visits} */
    long add() throws Exception;

    @Override
    default void close() {}
}
