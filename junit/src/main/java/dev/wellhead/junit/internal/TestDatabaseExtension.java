package dev.wellhead.junit.internal;

import dev.wellhead.junit.TestDatabase;
import dev.wellhead.junit.TestDatabase.Scope;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Sets the fields and parameters that {@link TestDatabase} refers to. Created by JUnit. Thread-safe. */
public final class TestDatabaseExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    /** Called by JUnit. */
    public TestDatabaseExtension() {}

    /** With this scope, the parameters of a constructor can have a database of the test method. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        ScopedDatabases databases = new ScopedDatabases(context);
        for (Field field : Declaration.fields(test)) {
            if (Modifier.isStatic(field.getModifiers())) {
                set(field, null, test, databases);
            }
        }
        // a template that cannot be prepared fails the class and not each of its tests
        Declaration.ofClass(test)
                .filter(declared -> declared.scope() != Scope.METHOD)
                .ifPresent(declared -> ClassDatabases.opened(declared, databases.database(declared)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ScopedDatabases databases = new ScopedDatabases(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : Declaration.fields(instance.getClass())) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    set(field, instance, instance.getClass(), databases);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(TestDatabase.class)
                || (isPlain(parameter)
                        && Declaration.ofClass(context.getRequiredTestClass()).isPresent());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Optional<TestDatabase> annotation = parameter.findAnnotation(TestDatabase.class);
        Declaration declaration = annotation.isPresent()
                ? Declaration.at(annotation.get(), test)
                : Declaration.ofClass(test).orElseThrow();
        Parameter declared = parameter.getParameter();
        String description = "parameter " + declared.getName() + " of "
                + parameter.getDeclaringExecutable().getName();
        try {
            return new ScopedDatabases(context).inject(declaration, declared.getType(), description);
        } catch (ExtensionConfigurationException e) {
            // JUnit would wrap any other exception in one with a stack trace of its own
            String message = String.valueOf(e.getMessage());
            ParameterResolutionException resolution = e.getCause() == null
                    ? new ParameterResolutionException(message)
                    : new ParameterResolutionException(message, e.getCause());
            resolution.setStackTrace(e.getStackTrace());
            throw resolution;
        }
    }

    /** {@return whether a parameter has a type of this extension, and no annotation by which another one may claim it} */
    private static boolean isPlain(ParameterContext parameter) {
        Parameter declared = parameter.getParameter();
        Annotation[] onConstructor = parameter.getDeclaringExecutable() instanceof Constructor<?> constructor
                ? constructor.getAnnotations()
                : new Annotation[0];
        return Injected.isType(declared.getType())
                && declared.getAnnotations().length == 0
                && onConstructor.length == 0;
    }

    private static void set(Field field, @Nullable Object instance, Class<?> test, ScopedDatabases databases) {
        String description =
                "field " + field.getName() + " of " + field.getDeclaringClass().getName();
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    "@TestDatabase cannot set the " + description + ", because it is final. Remove 'final'.");
        }
        TestDatabase annotation =
                AnnotationSupport.findAnnotation(field, TestDatabase.class).orElseThrow();
        Object value = databases.inject(Declaration.at(annotation, test), field.getType(), description);
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ExtensionConfigurationException("@TestDatabase cannot set the " + description + ".", e);
        }
    }
}
