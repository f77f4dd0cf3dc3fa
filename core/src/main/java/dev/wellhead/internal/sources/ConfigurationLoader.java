package dev.wellhead.internal.sources;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.FileThreads;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.PathText;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;

/**
 * Parses and resolves the configuration file. Messages of typesafe-config are not used, because they quote the invalid
 * text, which may be a password.
 */
final class ConfigurationLoader {

    private final ClassLoader loader;
    private final Map<String, String> variables;
    private final ForcedVariables forced;
    private final Problems problems;

    ConfigurationLoader(ClassLoader loader, Map<String, String> variables, ForcedVariables forced, Problems problems) {
        this.loader = loader;
        this.variables = variables;
        this.forced = forced;
        this.problems = problems;
    }

    /** {@return the values in {@code application.conf}, {@code .json} and {@code .properties} on the class path} */
    List<RawValue> read(DatabaseName name) {
        return read(name, "", "");
    }

    /** {@return the values in the file that the system property {@code property} names} */
    List<RawValue> read(DatabaseName name, String property, String location) {
        Origin origin = property.isEmpty()
                ? new Origin.ConfigurationLine(ConfigurationFile.TOPIC, 0, null)
                : new Origin.SystemProperty(property);
        try {
            Config parsed =
                    parse(property, location).withFallback(ConfigFactory.parseResources("reference.conf", options()));
            if (!parsed.isResolved()
                    && ExpandedSize.isTooLarge(parsed.root().render(ConfigRenderOptions.concise()), variables)) {
                add(
                        "The substitutions of the configuration file produce more than " + ExpandedSize.LARGEST
                                + " characters.",
                        origin,
                        "Remove the values that repeat each other.");
                return List.of();
            }
            ConfigResolveOptions options = ConfigResolveOptions.defaults()
                    .setUseSystemEnvironment(false)
                    .setAllowUnresolved(true)
                    .appendResolver(new VariableResolver(variables));
            Config resolved = forced.resolve(parsed, options);
            return new ConfigurationBlock(name, problems).read(resolved.root(), parsed.root());
        } catch (UnusableConfigurationException e) {
            add(e.problem(), origin, e.fix());
        } catch (ConfigException.IO e) {
            add(
                    "The configuration file cannot be read.",
                    origin,
                    "Name a file that exists and that this process may read.");
        } catch (ConfigException e) {
            add(
                    e instanceof ConfigException.Parse
                            ? "The configuration file is not valid HOCON."
                            : "The substitutions of the configuration file cannot be resolved.",
                    ConfigurationOrigin.of(e, origin),
                    "Correct the file at this place.");
        } catch (StackOverflowError e) {
            add("The configuration file is nested too deeply.", origin, "Use fewer levels.");
        } catch (MalformedURLException | RuntimeException e) {
            // the parser throws other exceptions for some invalid inputs
            add("The configuration file cannot be read.", origin, "Correct or replace it.");
        }
        return List.of();
    }

    private void add(String message, Origin origin, String fix) {
        problems.add(ProblemCode.INVALID_CONFIGURATION_FILE, ConfigurationFile.TOPIC, message, origin, fix);
    }

    private Config parse(String property, String location) throws MalformedURLException {
        ConfigParseOptions options = options();
        ConfigParseOptions required = options.setAllowMissing(false);
        return switch (property) {
            case "config.file" -> parseFile(new File(expanded(location)), required);
            case "config.url" -> parseUrl(URI.create(location), required);
            case "config.resource" -> ConfigFactory.parseResources(withoutSlash(location), required);
            default -> ConfigFactory.parseResourcesAnySyntax("application", options);
        };
    }

    private static String expanded(String location) {
        try {
            PathText.requireExpanded(location);
            return location;
        } catch (InvalidValueException e) {
            throw new UnusableConfigurationException(
                    "The configuration file is " + e.getMessage() + ".", String.join(" ", e.fixes()));
        }
    }

    /** Parses on a thread that can be abandoned, because the library reads the included files itself. */
    private static Config parseFile(File file, ConfigParseOptions options) {
        try {
            RegularFiles.check(file.toPath(), FileKind.CONFIGURATION);
            return FileThreads.call(file.toPath(), () -> ConfigFactory.parseFile(file, options));
        } catch (UnreadableFileException e) {
            throw IncludedFiles.unreadable(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config parseUrl(URI location, ConfigParseOptions options) throws MalformedURLException {
        return "file".equalsIgnoreCase(location.getScheme())
                ? parseFile(new File(location), options)
                : ConfigFactory.parseURL(encrypted(location), options);
    }

    private ConfigParseOptions options() {
        return ConfigParseOptions.defaults().setClassLoader(loader).setIncluder(new IncludedFiles());
    }

    /** A configuration decides where passwords are sent, so it must not be fetched without TLS. */
    private static URL encrypted(URI location) throws MalformedURLException {
        String scheme = location.getScheme();
        String host = location.getHost();
        boolean isPlain = "http".equalsIgnoreCase(scheme) || "ftp".equalsIgnoreCase(scheme);
        if (isPlain && (host == null || !HostNames.isLoopback(host))) {
            throw new UnusableConfigurationException(
                    "The configuration file would be fetched without TLS.", "Use an https or a file URL.");
        }
        return location.toURL();
    }

    private static String withoutSlash(String resource) {
        return resource.startsWith("/") ? resource.substring(1) : resource;
    }
}
