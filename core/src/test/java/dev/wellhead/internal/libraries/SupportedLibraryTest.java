package dev.wellhead.internal.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class SupportedLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "5.1.0, 6.0, true",
        "6.0.0, 6.0, false",
        "6, 6.0, false",
        "6.0.0-rc1, 6.0, false",
        "7.0.2, 6.0, false",
        "42.4.5, 42.5, true",
        "42.5.0, 42.5, false",
        "42.10.0, 42.5, false",
        "42.5.6.jre7, 42.5, false",
        "2.28.0, 2.28.1, true",
        "2.28.1, 2.28.1, false",
        "2.3, 2.28.1, true",
        "99999999999999999999.1, 6.0, false",
        "unknown, 6.0, true",
    })
    void version_comparedByItsNumbers_isOlderOrNot(String version, String than, boolean expected) {
        assertThat(SupportedLibrary.isOlder(version, than)).isEqualTo(expected);
    }

    @Test
    void libraries_ofThisBuild_haveNoProblem() {
        assertThat(SupportedLibraries.CORE.problems()).isEmpty();
    }

    @Test
    void error_thatNoLibraryExplains_isThrownItself() {
        NoSuchMethodError error = new NoSuchMethodError("of the application");

        assertThatThrownBy(() -> SupportedLibraries.CORE.explained(error)).isSameAs(error);
    }

    @Test
    void error_ofALibraryThatIsTooOld_namesItWithTheFixAndKeepsTheCause() {
        SupportedLibraries future = new SupportedLibraries(
                "Wellhead",
                List.of(new SupportedLibrary(
                        "SLF4J", "org.slf4j", "slf4j-api", Logger.class.getName(), "99.0", "slf4j.version")));
        NoSuchMethodError error = new NoSuchMethodError("of SLF4J");

        ConfigurationException explained = future.explained(error);

        assertThat(explained).hasCause(error);
        assertThat(String.valueOf(explained.getMessage()).replaceAll("[0-9]+\\.[0-9]+\\.[0-9]+", "VERSION"))
                .isEqualTo(
                        "Cannot open the database: SLF4J VERSION is on the class path, and Wellhead needs 99.0 or later."
                                + System.lineSeparator()
                                + "  Raise the version of org.slf4j:slf4j-api in your build (Spring Boot: slf4j.version).");
        assertThat(explained.problems().get(0).code()).isEqualTo(ProblemCode.LIBRARY);
    }
}
