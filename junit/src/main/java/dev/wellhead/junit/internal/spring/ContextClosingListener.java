package dev.wellhead.junit.internal.spring;

import dev.wellhead.junit.internal.ClassDatabases;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Found by Spring. Closes the application context of a class whose database is closed after the class. No other class can
 * use the context, and its threads would use a closed database.
 */
public final class ContextClosingListener implements TestExecutionListener {

    /** Called by Spring. */
    public ContextClosingListener() {}

    @Override
    public void afterTestClass(TestContext context) {
        Class<?> test = context.getTestClass();
        boolean isOwner = ClassDatabases.declaredBy(test)
                .filter(key -> !key.isShared() && key.owner() == test)
                .isPresent();
        if (isOwner && context.hasApplicationContext()) {
            context.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        }
    }
}
