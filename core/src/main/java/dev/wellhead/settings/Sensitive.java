package dev.wellhead.settings;

import java.util.Objects;

/** A value that is never shown: it leaves this object only through {@link #reveal()}. Immutable. */
public final class Sensitive {

    private final String value;

    private Sensitive(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** {@return {@code value}, hidden} */
    public static Sensitive of(String value) {
        return new Sensitive(value);
    }

    /** {@return the value; for the one place that needs it} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sensitive that && value.equals(that.value);
    }

    /** {@return a constant: a hash would tell something of the value} */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "<redacted>";
    }
}
