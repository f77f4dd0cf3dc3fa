package dev.wellhead.junit.internal.clone;

import dev.wellhead.junit.TestMigrations;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import javax.sql.DataSource;

/**
 * Migrations that a test declares by their class.
 *
 * @param type the class
 */
record CustomMigrations(Class<? extends TestMigrations> type) implements MigrationStep {

    @Override
    public String description() {
        return type.getName();
    }

    @Override
    public void run(DataSource template) throws Exception {
        create().migrate(template);
    }

    private TestMigrations create() throws Exception {
        if (type.isInterface()
                || Modifier.isAbstract(type.getModifiers())
                || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))) {
            throw new TestServerException(type.getName()
                    + " cannot be instantiated. Declare a class that is not abstract, and static if it is"
                    + " a member of another class.");
        }
        Constructor<? extends TestMigrations> constructor;
        try {
            constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new TestServerException(type.getName() + " has no constructor without parameters. Add one.", e);
        }
        constructor.setAccessible(true);
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
