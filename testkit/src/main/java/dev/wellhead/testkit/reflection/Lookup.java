package dev.wellhead.testkit.reflection;

/**
 * Something that a program looked up by name.
 *
 * @param kind what was looked up
 * @param name the class, the resource, or the interfaces of a proxy separated by commas
 * @param caller the method that did it: {@code dev.wellhead.Databases#open}
 */
public record Lookup(Kind kind, String name, String caller) {

    /** What was looked up. */
    public enum Kind {
        /** A class by its name. */
        TYPE,
        /** The constructors of a class. */
        CONSTRUCTORS,
        /** The methods of a class. */
        METHODS,
        /** The fields of a class. */
        FIELDS,
        /** A resource. */
        RESOURCE,
        /** The implementations of a service. */
        SERVICE,
        /** A dynamic proxy. */
        PROXY,
        /** The interface of an MXBean. */
        MXBEAN
    }

    static Lookup parse(String line) {
        String[] parts = line.split("\t", 3);
        return new Lookup(Kind.valueOf(parts[0]), parts[1], parts[2]);
    }

    String line() {
        return kind + "\t" + name + "\t" + caller;
    }
}
