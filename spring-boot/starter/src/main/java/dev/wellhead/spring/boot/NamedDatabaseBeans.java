package dev.wellhead.spring.boot;

import java.util.List;

/**
 * The beans of the named databases. It is a bean itself, because ahead-of-time processing keeps bean definitions but not their
 * attributes.
 *
 * @param names the names of the beans
 */
record NamedDatabaseBeans(List<String> names) {

    /** The name of the bean of this class. */
    static final String BEAN = "wellheadNamedDatabases";
}
