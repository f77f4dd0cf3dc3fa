package dev.wellhead.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValueFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

    private static String of(Map<String, ?> fields) {
        return FieldNames.of(ConfigValueFactory.fromMap(new HashMap<>(fields)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db_password", "LEDGER_DB_USER", "userName", "master-user-name", "dbInstanceIdentifier"})
    void of_wordsOfWhichOneIsUsual_areShown(String name) {
        assertThat(of(Map.of(name, "x"))).isEqualTo("Its only field is " + name + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t",
                "correcthorse",
                "password1",
                "my password",
                "db_pässword",
                "user.name",
                "Tr0ub4dor_user",
                "a_password_that_is_longer_than_any_name_of_a_field"
            })
    void of_otherNames_areOnlyCounted(String name) {
        assertThat(of(Map.of(name, "x", "host", "y")))
                .isEqualTo("Its fields are host and one whose name is not shown.");
    }

    @Test
    void of_onlyOtherNames_areCounted() {
        assertThat(of(Map.of("s3cr3t", "x"))).isEqualTo("It has one field, whose name is not shown.");
        assertThat(of(Map.of("s3cr3t", "x", "h4rd", "y"))).isEqualTo("It has 2 fields, whose names are not shown.");
    }

    @Test
    void of_manyFields_areBounded() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (char c = 'a'; c <= 'z'; c++) {
            fields.put("user_" + c, "x");
        }

        assertThat(of(fields))
                .isEqualTo(
                        "Its fields are user_a, user_b, user_c, user_d, user_e, user_f, user_g, user_h, user_i, user_j,"
                                + " user_k, user_l and 14 whose names are not shown.");
    }

    @Test
    void of_nestedObjects_listTheirFieldsOneLevelDeep() {
        assertThat(of(Map.of(
                        "database", Map.of("user", "x", "login", Map.of("password", "y")), "x1", Map.of("user", "z"))))
                .isEqualTo("Its fields are database.login, database.user and one whose name is not shown.");
    }
}
