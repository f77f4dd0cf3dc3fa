package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.FollowedFile;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Sensitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parses a connection URL that is the content of a file. */
final class UrlInFile {

    private UrlInFile() {}

    /**
     * {@return the values in the URL}
     *
     * @param url sensitive
     * @param subject the place of the URL in messages, such as {@code DATABASE_URL_FILE}
     * @param origin the origin of a part of the URL; of the whole URL for an empty part
     */
    static List<RawValue> parse(
            Catalogue catalogue,
            String url,
            String subject,
            Path file,
            Function<String, Origin> origin,
            Problems problems) {
        Problems ofUrl = new Problems();
        FollowedFile content = new FollowedFile(file, true);
        List<RawValue> values = new ArrayList<>();
        for (RawValue value : ConnectionUrl.parse(Sensitive.of(url), subject, catalogue, ofUrl)) {
            String part = value.origin() instanceof Origin.UrlPart named ? named.part() : "";
            values.add(value.in(content, origin.apply(part)));
        }
        for (Problem problem : ofUrl.all()) {
            problems.add(Problem.of(
                    problem.code(), problem.setting(), problem.message(), List.of(origin.apply("")), problem.fixes()));
        }
        return values;
    }
}
