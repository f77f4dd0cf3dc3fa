package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.SafeText;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Limits the {@code include} statements of a configuration file. Files and class path resources can be included; a URL
 * cannot, because resolving settings makes no network calls. Only regular files of a limited size are read. The number
 * of includes is limited, because two files that include each other twice are read 2^50 times.
 */
final class IncludedFiles implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    private static final int MOST_INCLUDES = 200;

    /** The suffixes that the library tries for an include without a kind. Source: HOCON, "Include semantics". */
    private static final String[] SUFFIXES = {"", ".conf", ".json", ".properties"};

    private final @Nullable ConfigIncluder library;

    /** Counts the includes of one configuration; the library creates several includers for it. */
    private final AtomicInteger includes;

    IncludedFiles() {
        this(null, new AtomicInteger());
    }

    private IncludedFiles(@Nullable ConfigIncluder library, AtomicInteger includes) {
        this.library = library;
        this.includes = includes;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new IncludedFiles(library == null ? fallback : library.withFallback(fallback), includes);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        count();
        if (isUrl(what)) {
            throw refusedUrl();
        }
        for (String suffix : SUFFIXES) {
            ConfigParseable candidate = context.relativeTo(what + suffix);
            String file = candidate == null ? null : candidate.origin().filename();
            if (file != null) {
                checkIncluded(new File(file));
            }
        }
        return library().include(context, what);
    }

    private void count() {
        if (includes.incrementAndGet() > MOST_INCLUDES) {
            throw new UnusableConfigurationException(
                    "The configuration file has more than " + MOST_INCLUDES
                            + " includes, counting those of included files.",
                    "Check whether files include each other.");
        }
    }

    /** The library fetches every text that is a URL. */
    private static boolean isUrl(String what) {
        try {
            return !new URL(what).getProtocol().isEmpty();
        } catch (MalformedURLException e) {
            return false;
        }
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
        count();
        checkIncluded(file);
        return ((ConfigIncluderFile) library()).includeFile(context, file);
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
        count();
        return ((ConfigIncluderClasspath) library()).includeResources(context, resource);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
        throw refusedUrl();
    }

    private ConfigIncluder library() {
        return Objects.requireNonNull(library, "the library adds its own includer");
    }

    private static UnusableConfigurationException refusedUrl() {
        return new UnusableConfigurationException(
                "The configuration file includes a URL, and settings are resolved without network calls.",
                "Include a file with file(...) or a class path resource with classpath(...).");
    }

    /** Checks a file that exists; the library reports one that does not, unless the include is optional. */
    private static void checkIncluded(File file) {
        try {
            RegularFiles.check(file.toPath(), FileKind.CONFIGURATION);
        } catch (UnreadableFileException e) {
            if (e.fault() != FileFault.MISSING) {
                throw unreadable(file, e);
            }
        }
    }

    static UnusableConfigurationException unreadable(File file, UnreadableFileException e) {
        return new UnusableConfigurationException(
                "The configuration file '" + SafeText.of(file.getPath()) + "' " + e.reason() + ".", e.fix());
    }
}
