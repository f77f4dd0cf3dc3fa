package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1; select 2            | select 1 # select 2",
                ";; select 1;;                 | select 1",
                "select ';'; select 2          | select ';' # select 2",
                "select 'it''s;'; select 2     | select 'it''s;' # select 2",
                "select 'a\\'; select 2        | select 'a\\' # select 2",
                "select e'a\\';'; select 2     | select e'a\\';' # select 2",
                "select E'\\\\'; select 2      | select E'\\\\' # select 2",
                "select love'\\'; select 2     | select love'\\' # select 2",
                "select \";\"\"\"; select 2    | select \";\"\"\" # select 2",
                "select $$;$$; select 2        | select $$;$$ # select 2",
                "select $a$;$b$;$a$; select 2  | select $a$;$b$;$a$ # select 2",
                "select a$b$; select $1; x     | select a$b$ # select $1 # x",
                "select /* ; /* */ ; */ 1; x   | select /* ; /* */ ; */ 1 # x",
                "-- only; a comment            | ",
                "select 1 -- a; b              | select 1 -- a; b",
                "do (a; b); x                  | do (a; b) # x",
                "begin; end; x                 | begin # end # x",
                "select 'not closed; x         | select 'not closed; x",
                "select $$not closed; x        | select $$not closed; x",
                "select /* not closed; x       | select /* not closed; x",
                "create function f() begin atomic select 1; select case 2 when 2 then 3 end; end; x"
                        + " | create function f() begin atomic select 1; select case 2 when 2 then 3 end; end # x",
                "create or replace procedure p() begin atomic; end; x | create or replace procedure p() begin atomic; end # x",
                "create table begin (i int); x | create table begin (i int) # x"
            })
    void script_ofSeveralStatements_isDividedAsPsqlDoes(String script, String statements) throws Exception {
        assertThat(String.join(" # ", sql(script))).isEqualTo(statements == null ? "" : statements);
    }

    @Test
    void lines_ofStatements_areThoseWhereTheyBegin() throws Exception {
        String script = "-- comment\n\nselect\n 1;\n/* two\nlines */ select 'a\nb'; select 3;\r\nselect 4";
        assertThat(ScriptParser.parse(script)).extracting(ScriptStatement::line).containsExactly(3, 6, 7, 8);
        ScriptStatement second = ScriptParser.parse(script).get(1);
        assertThat(second.lineOf(second.sql().indexOf('b'))).isEqualTo(7);
    }

    @Test
    void copy_fromStdin_hasTheLinesThatFollow() throws Exception {
        List<ScriptStatement> statements =
                ScriptParser.parse("COPY t (a, b) FROM stdin WITH (format text);\n1\t;\n'\t\\N\n\\.\n\nselect 1;");
        assertThat(statements)
                .extracting(ScriptStatement::sql)
                .containsExactly("COPY t (a, b) FROM stdin WITH (format text)", "select 1");
        assertThat(statements).extracting(ScriptStatement::copyData).containsExactly("1\t;\n'\t\\N\n", null);
        assertThat(statements.get(1).line()).isEqualTo(6);
    }

    @Test
    void copy_withoutAnEnd_hasTheRestOfTheScript() throws Exception {
        assertThat(ScriptParser.parse("copy t from stdin;\n1\n2"))
                .extracting(ScriptStatement::copyData)
                .containsExactly("1\n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\connect other", "select 1 \\gset", "\\i other.sql", "\\set name value", "\\.", "\\"})
    void command_ofPsql_isRefusedWithItsLine(String command) {
        assertThatThrownBy(() -> ScriptParser.parse("select 1;\n" + command + "\n"))
                .isInstanceOfSatisfying(
                        ScriptSyntaxException.class, e -> assertThat(e.line()).isEqualTo(2))
                .hasMessageContaining("is a command of psql");
    }

    @Test
    void command_withoutEffect_isIgnored() throws Exception {
        assertThat(sql("\\restrict x1\n\\set ON_ERROR_STOP on\nselect 1;\n\\unrestrict x1\n"))
                .containsExactly("select 1");
    }

    private static List<String> sql(String script) throws ScriptSyntaxException {
        return ScriptParser.parse(script).stream().map(ScriptStatement::sql).toList();
    }
}
