package dev.wellhead.settings;

import java.util.Objects;

/** A value that is never shown. Only {@link #reveal()} returns it. Immutable. */
public final class Sensitive {

    private final String value;

    private Sensitive(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** {@return the value, wrapped} */
    public static Sensitive of(String value) {
        return new Sensitive(value);
    }

    /** {@return the value; never log it or put it into a message} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sensitive that && value.equals(that.value);
    }

    /** {@return a constant, because a hash would reveal something about the value} */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "<redacted>";
    }
}
