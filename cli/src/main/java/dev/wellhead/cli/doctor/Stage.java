package dev.wellhead.cli.doctor;

/** One step of a check, of the database or of another service. */
public interface Stage {

    /** {@return the name in output and JSON, such as {@code round_trip}} */
    String code();
}
