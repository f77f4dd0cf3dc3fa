package dev.wellhead.spring.boot;

import dev.wellhead.internal.open.StartClasses;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/** Prepares the classes of the database in the background while Spring reads the configuration of the application. */
final class StartPreparation implements ApplicationListener<ApplicationStartingEvent> {

    StartPreparation() {}

    @Override
    public void onApplicationEvent(ApplicationStartingEvent event) {
        StartClasses.prepare();
    }
}
