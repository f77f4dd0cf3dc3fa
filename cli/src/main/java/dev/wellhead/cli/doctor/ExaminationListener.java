package dev.wellhead.cli.doctor;

/** Is notified of the progress of an examination, by one thread at a time. */
public interface ExaminationListener {

    /**
     * The examination begins.
     *
     * @param name the name of the database
     * @param environment the name of the environment
     */
    void begins(String name, String environment);

    /** A stage has finished. The results of a server follow each other, and servers have the order of their list. */
    void finished(StageResult result);

    /** {@code activity} has begun, in words such as {@code tcp on db-1.internal:5432, db-2.internal:5432}. */
    void running(String activity);
}
