package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankedValuesTest {

    private static final List<Origin.Kind> STRONGEST_FIRST = List.of(
            Origin.Kind.BUILDER,
            Origin.Kind.SYSTEM_PROPERTY,
            Origin.Kind.ENVIRONMENT_VARIABLE,
            Origin.Kind.CONFIGURATION_FILE,
            Origin.Kind.SECRET,
            Origin.Kind.LIBPQ,
            Origin.Kind.DEFAULT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void values_addedInAnyOrder_areRankedByTheirSource(long seed) {
        List<Origin.Kind> shuffled = new ArrayList<>(STRONGEST_FIRST);
        Collections.shuffle(shuffled, new Random(seed));
        RankedValues values = new RankedValues(Catalogue.DATABASES);
        for (Origin.Kind kind : shuffled) {
            values.add(RawValue.of(Settings.NAME, kind.name(), new Origin.Variable(kind.name(), kind)));
        }
        values.parse(new Problems());

        ResolvedSetting resolved = values.explain(Settings.NAME).orElseThrow();

        assertThat(resolved.value()).isEqualTo("BUILDER");
        assertThat(resolved.shadowed())
                .extracting(shadowed -> shadowed.origin().kind())
                .containsExactlyElementsOf(STRONGEST_FIRST.subList(1, STRONGEST_FIRST.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void value_blank_isAProblemAndNotAValue(String text) {
        Problems problems = new Problems();
        RankedValues values = new RankedValues(Catalogue.DATABASES);
        values.add(RawValue.of(Settings.NAME, text, new Origin.BuilderCall()));

        values.parse(problems);

        assertThat(values.get(Settings.NAME)).isNull();
        assertThat(values.isSet(Settings.NAME)).isTrue();
        assertThat(problems.all()).extracting(Problem::message).containsExactly("name is blank.");
    }
}
