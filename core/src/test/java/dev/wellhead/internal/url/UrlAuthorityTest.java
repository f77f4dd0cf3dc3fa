package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of a URL between the scheme and the database. Each text here is a whole part. */
class UrlAuthorityTest {

    @ParameterizedTest
    @CsvSource(
            value = {
                "db, '', '', db, ''",
                "db:5432, '', '', db, 5432",
                "app@db, app, '', db, ''",
                "app:pw@db:5432, app, pw, db, 5432",
                "app:@db, app, '', db, ''",
                ":pw@db, '', pw, db, ''",
                "app:p:w@db, app, p:w, db, ''",
                "app:p%40w@db, app, p@w, db, ''",
                "a%3Ab:pw@db, a:b, pw, db, ''",
                "app:pw@, app, pw, '', ''",
                "'', '', '', '', ''",
                "'db1,db2', '', '', 'db1,db2', ','",
                "'db1:1,db2:2', '', '', 'db1,db2', '1,2'",
                "'db1:1,db2', '', '', 'db1,db2', '1,'",
                "'app:pw@db1,db2:2', app, pw, 'db1,db2', ',2'",
                "[::1], '', '', ::1, ''",
                "[::1]:5432, '', '', ::1, 5432",
                "'[::1],[fe80::2]:5433', '', '', '::1,fe80::2', ',5433'",
                "app:pw@[::1]:5432, app, pw, ::1, 5432",
                "%2Ftmp, '', '', /tmp, ''",
            })
    void read_libpqUrl_hasItsParts(String text, String user, String password, String host, String port)
            throws MalformedUrlException {
        UrlAuthority authority = UrlAuthority.read(text + "/ledger", 0, false);

        assertThat(authority.user()).isEqualTo(user);
        assertThat(authority.password().reveal()).isEqualTo(password);
        assertThat(authority.host()).isEqualTo(host);
        assertThat(authority.port()).isEqualTo(port);
        assertThat(authority.end()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @CsvSource({"db, db, ''", "db:5432, db, 5432", "[::1]:5432, ::1, 5432", "'db1:1,db2:2', 'db1,db2', '1,2'"})
    void read_jdbcUrl_hasHostsAndPorts(String text, String host, String port) throws MalformedUrlException {
        UrlAuthority authority = UrlAuthority.read(text + "?user=app", 0, true);

        assertThat(authority.host()).isEqualTo(host);
        assertThat(authority.port()).isEqualTo(port);
        assertThat(authority.user()).isEmpty();
        assertThat(authority.end()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@b@db|has more than one '@', at character 4",
                "a@b:c@db|has more than one '@', at character 6",
                "db:tcp://10.0.0.1:5432|has the address of a Kubernetes service in place of its port, at character 4",
                "db:${PORT}|has a reference to a variable, which nothing has replaced, in place of its port, at character 4",
                "app:p/w@db|has a '/' in its user or password, at character 6",
                "db:x|has a port that is not a number, at character 4",
                "db:-1|has a port that is not a number, at character 4",
                "::1|has a port that is not a number, at character 2",
                "[::1|has a '[' without a ']', at character 1",
                "[db]|has brackets around a text that is not an IPv6 address, at character 1",
                "[::1]x|has something other than ':', ',', '/' or '?' after an IPv6 address, at character 6",
                "db?password=x@y|has a '?' before an '@', at character 3",
                "app?:pw@db|has a '?' before an '@', at character 4",
            })
    void read_malformedLibpqUrl_isRejectedWithItsPosition(String text, String message) {
        assertThatThrownBy(() -> UrlAuthority.read(text, 0, false))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage(message);
    }

    @Test
    void read_userInAJdbcUrl_isRejected() {
        assertThatThrownBy(() -> UrlAuthority.read("app:horse@db", 0, true))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage("has a user before its host, which a jdbc: URL does not support, at character 10");
        assertThatThrownBy(() -> UrlAuthority.read("app@db", 0, true))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage("has a user before its host, which a jdbc: URL does not support, at character 4");
    }

    /** libpq accepts a question mark in a password if no parameter follows. */
    @Test
    void read_questionMarkInThePassword_belongsToIt() throws MalformedUrlException {
        assertThat(UrlAuthority.read("app:p?w@db", 0, false).password().reveal())
                .isEqualTo("p?w");
    }

    @Test
    void toString_parts_areNotShown() throws MalformedUrlException {
        assertThat(UrlAuthority.read("app:horse@db", 0, false)).hasToString("UrlAuthority[<redacted>]");
    }
}
