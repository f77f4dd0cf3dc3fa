package dev.wellhead.junit.internal;

import dev.wellhead.junit.TestDatabase;
import dev.wellhead.junit.TestDatabase.Scope;
import dev.wellhead.junit.internal.clone.TemplateSource;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * The declaration of a database, after the attributes that a field or a parameter leaves out were taken from its class.
 *
 * @param name the name of the database
 * @param source what its template contains
 * @param scope which tests share it, never {@link Scope#DEFAULT}
 * @param owner the class whose tests share it if the scope is {@link Scope#CLASS}
 */
record Declaration(String name, TemplateSource source, Scope scope, Class<?> owner) {

    private static final TemplateSource DETECTED = new TemplateSource(List.of(), List.of());

    /** {@return the declaration on a class or a class around it; empty if no class is annotated} */
    static Optional<Declaration> ofClass(Class<?> test) {
        for (Class<?> type = test; type != null; type = type.getEnclosingClass()) {
            Optional<TestDatabase> found = annotation(type);
            if (found.isPresent()) {
                return Optional.of(of(found.get(), Scope.CLASS, type));
            }
        }
        return Optional.empty();
    }

    /**
     * {@return what an annotated field or parameter refers to}
     *
     * @param annotation its annotation
     * @param test its class; for a method that is inherited, the class whose tests run
     */
    static Declaration at(TestDatabase annotation, Class<?> test) {
        if (isComplete(annotation)) {
            return of(annotation, Scope.CLASS, outermost(test));
        }
        Declaration named = find(annotation.name(), test)
                .orElseGet(() -> new Declaration(annotation.name(), DETECTED, Scope.CLASS, outermost(test)));
        return annotation.scope() == Scope.DEFAULT
                ? named
                : new Declaration(named.name(), named.source(), annotation.scope(), named.owner());
    }

    private static Optional<Declaration> find(String name, Class<?> test) {
        for (Class<?> type = test; type != null; type = type.getEnclosingClass()) {
            Optional<TestDatabase> onClass =
                    annotation(type).filter(found -> found.name().equals(name));
            if (onClass.isPresent()) {
                return Optional.of(of(onClass.get(), Scope.CLASS, type));
            }
            for (Field field : fields(type)) {
                TestDatabase onField = AnnotationSupport.findAnnotation(field, TestDatabase.class)
                        .orElseThrow();
                if (onField.name().equals(name) && (isComplete(onField) || onField.scope() != Scope.DEFAULT)) {
                    return Optional.of(of(onField, Scope.CLASS, outermost(type)));
                }
            }
        }
        return Optional.empty();
    }

    /** {@return the annotated fields of a class and its superclasses} */
    static List<Field> fields(Class<?> type) {
        return AnnotationSupport.findAnnotatedFields(
                type, TestDatabase.class, field -> true, HierarchyTraversalMode.TOP_DOWN);
    }

    private static Optional<TestDatabase> annotation(Class<?> type) {
        return AnnotationSupport.findAnnotation(type, TestDatabase.class);
    }

    private static boolean isComplete(TestDatabase annotation) {
        return annotation.migrations().length > 0 || annotation.scripts().length > 0;
    }

    private static Declaration of(TestDatabase annotation, Scope otherwise, Class<?> owner) {
        return new Declaration(
                annotation.name(),
                new TemplateSource(List.of(annotation.migrations()), List.of(annotation.scripts())),
                annotation.scope() == Scope.DEFAULT ? otherwise : annotation.scope(),
                owner);
    }

    private static Class<?> outermost(Class<?> test) {
        Class<?> type = test;
        while (type.getEnclosingClass() != null) {
            type = type.getEnclosingClass();
        }
        return type;
    }
}
