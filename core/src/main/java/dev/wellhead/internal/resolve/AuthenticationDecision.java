package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.internal.providers.BrokenProvider;
import dev.wellhead.internal.providers.ServiceProviders;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Decides the way to log in that the setting {@code auth} selects: one of core, or one that a module declares. The class
 * path is searched only for a word that is not one of core.
 */
final class AuthenticationDecision {

    /** The modules of Wellhead that declare a word, for the message if one is missing. */
    private static final Map<String, String> MODULES = Map.of("iam", "wellhead-aws");

    private Authentication selected = Authentication.PASSWORD;

    /** {@return the way to log in; with a password if the setting is invalid} */
    Authentication selected() {
        return selected;
    }

    /** Decides for the value of the setting. A word that nothing declares is a problem. */
    void decide(RankedValues values, Catalogue catalogue, Problems problems) {
        String word = values.get(Settings.AUTH);
        RawValue winner = values.winner(Settings.AUTH);
        if (word == null || winner == null) {
            return;
        }
        List<Authentication> available = new ArrayList<>(Authentication.ofCore());
        if (!catalogue.settings().contains(Settings.SSLKEY)) {
            available.remove(Authentication.CERTIFICATE);
        }
        for (Authentication ofCore : available) {
            if (ofCore.word().equals(word)) {
                selected = ofCore;
                return;
            }
        }
        if (!findDeclared(word, winner, available, problems)) {
            values.invalidate(Settings.AUTH);
        }
    }

    /** Replaces the decision by one that follows from other settings. */
    void derive(Authentication authentication) {
        selected = authentication;
    }

    private boolean findDeclared(String word, RawValue winner, List<Authentication> available, Problems problems) {
        List<String> words = new ArrayList<>();
        for (Authentication ofCore : available) {
            words.add(ofCore.word());
        }
        List<String> declaring = new ArrayList<>(1);
        Authentication found = selected;
        List<BrokenProvider> broken = new ArrayList<>(0);
        List<CredentialsProviderFactory> factories = ServiceProviders.all(CredentialsProviderFactory.class, broken);
        for (BrokenProvider provider : broken) {
            problems.add(provider.problem());
        }
        boolean areAllKnown = broken.isEmpty();
        for (CredentialsProviderFactory factory : factories) {
            try {
                for (Authentication declared : factory.authentications()) {
                    words.add(declared.word());
                    if (declared.word().equals(word)) {
                        found = declared;
                        declaring.add(factory.description());
                    }
                }
            } catch (RuntimeException | LinkageError e) {
                areAllKnown = false;
                problems.add(
                        ProblemCode.PROVIDER,
                        winner,
                        factory.getClass().getName() + ", which declares words of auth, failed with "
                                + e.getClass().getName() + ".",
                        "Update or remove the module that contains it, or report this defect to its authors.");
            }
        }
        if (declaring.size() == 1) {
            selected = found;
        } else if (declaring.size() > 1) {
            problems.add(
                    ProblemCode.PROVIDER,
                    winner,
                    winner.keyAndValue() + ", which " + declaring.size() + " modules on the class path declare: "
                            + String.join(", ", declaring) + ".",
                    "Keep one of them.");
        } else if (areAllKnown) {
            reportUnknown(word, words, winner, problems);
        }
        return declaring.size() == 1;
    }

    private static void reportUnknown(String word, List<String> words, RawValue winner, Problems problems) {
        String module = MODULES.get(word);
        if (module != null) {
            problems.add(
                    ProblemCode.PROVIDER,
                    winner,
                    winner.keyAndValue() + ", which needs the module " + module
                            + ", but that is not on the class path.",
                    "Add the module dev.wellhead:" + module + " to the class path.");
            return;
        }
        List<String> fixes = new ArrayList<>(2);
        List<String> similar = new ArrayList<>(new TreeSet<>(MODULES.keySet()));
        similar.addAll(words);
        Suggestions.nearest(word, similar).ifPresent(nearest -> fixes.add("Did you mean '" + nearest + "'?"));
        fixes.add("Use one of: " + String.join(", ", words) + ". For another word, add the module that declares it.");
        problems.add(
                ProblemCode.INVALID_VALUE,
                winner,
                winner.keyIs() + " not a way to log in that is available.",
                fixes.toArray(String[]::new));
    }
}
