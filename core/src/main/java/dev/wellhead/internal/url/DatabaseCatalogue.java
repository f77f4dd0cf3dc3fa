package dev.wellhead.internal.url;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalogue of databases: {@link Settings}. */
public final class DatabaseCatalogue implements Catalogue.Rules {

    public static final Catalogue DATABASES = new Catalogue(
            "the database",
            "database",
            "DB_",
            "DATABASE_URL",
            "wellhead.databases",
            Settings.all(),
            Map.of(),
            Settings.APPLICATION_NAME,
            List.of("postgresql://", "postgres://", "jdbc:postgresql:"),
            "postgresql:// and jdbc:postgresql://",
            List.of("postgres", "pgsql"),
            List.of(),
            new DatabaseCatalogue());

    private DatabaseCatalogue() {}

    @Override
    public List<RawValue> parse(Sensitive url, String variable, Problems problems) {
        return ConnectionUrl.parse(url, variable, problems);
    }

    /** The rules of pools and of the driver are steps of the decision. */
    @Override
    public void check(DatabaseName name, Function<Setting<?>, @Nullable RawValue> winner, Problems problems) {}
}
