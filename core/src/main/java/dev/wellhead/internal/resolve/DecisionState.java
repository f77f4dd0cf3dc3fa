package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that the steps of a decision share.
 *
 * @param contents the values of the sources
 * @param suppliedServer the server that the source of the credentials names; {@code null} while it is not known
 * @param values the values, ranked by precedence; steps add to them
 * @param authentication the way to log in
 * @param problems the problems so far; steps add to them
 * @param warnings the warnings so far; steps add to them
 */
record DecisionState(
        SourceContents contents,
        @Nullable SuppliedServer suppliedServer,
        RankedValues values,
        AuthenticationDecision authentication,
        Problems problems,
        List<String> warnings) {

    /** {@return the name of the database, from which its variables are derived} */
    DatabaseName name() {
        return contents.name();
    }

    /** {@return the same state with other values, for settings that replace some of them} */
    DecisionState with(RankedValues otherValues) {
        return new DecisionState(contents, suppliedServer, otherValues, authentication, problems, warnings);
    }
}
