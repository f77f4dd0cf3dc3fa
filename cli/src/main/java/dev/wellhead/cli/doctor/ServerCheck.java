package dev.wellhead.cli.doctor;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import dev.wellhead.tls.SslMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One server's chain: name, TCP, TLS, authentication. A connect does them all, and its steps tell them apart. */
final class ServerCheck {

    private final Inspection inspection;
    private final DatabaseSettings settings;
    private final HostAndPort server;
    private final Clock clock;
    private final ChannelBindingCheck channelBinding;
    private final Steps steps = new Steps();
    private final List<Result> results = new ArrayList<>();
    private @Nullable Connection connection;

    ServerCheck(Inspection inspection, HostAndPort server, Clock clock, ChannelBindingCheck channelBinding) {
        this.inspection = inspection;
        this.settings = inspection.settings();
        this.server = server;
        this.clock = clock;
        this.channelBinding = channelBinding;
    }

    List<Result> run() {
        try {
            connection = inspection.connect(server, settings.get(Settings.CONNECTION_TIMEOUT), steps);
            Sql.bound(connection);
            passedBefore(Stage.DATABASE);
        } catch (ConnectionFailedException e) {
            failed(e);
        } catch (SQLException e) {
            add(Result.failed(Stage.AUTHENTICATION, "other", Sql.message(e), "Check the server's log."));
        }
        return List.copyOf(results);
    }

    /** {@return the connection where there is one; whoever takes it closes it} */
    @Nullable
    Connection connection() {
        return connection;
    }

    private void failed(ConnectionFailedException e) {
        Stage stage = stage(e.kind());
        passedBefore(stage);
        ServerFailure failure = e.failures().isEmpty() ? null : e.failures().get(0);
        String what =
                failure == null ? Sentences.of(String.valueOf(e.getMessage())).what() : what(failure);
        String fix = failure == null || failure.fixes().isEmpty()
                ? ""
                : failure.fixes().get(0);
        if (e.kind() == FailureKind.CREDENTIALS_UNAVAILABLE) {
            Sentences told = Sentences.of(fix);
            what = told.what();
            fix = told.fix();
        }
        add(Result.failed(stage, e.kind().value(), what, fix.isEmpty() ? general(e.kind()) : fix)
                .in(steps.sinceLast())
                .with("sqlState", String.valueOf(e.getSQLState())));
        for (Stage next : Stage.values()) {
            if (next.compareTo(stage) > 0
                    && next.compareTo(Stage.DNS) >= 0
                    && next.compareTo(Stage.AUTHENTICATION) <= 0) {
                results.add(Result.notTested(next, server.toString(), stage));
            }
        }
    }

    private static String what(ServerFailure failure) {
        String reason = failure.reason() + ".";
        return failure.origins().isEmpty() ? reason : reason + " " + failure.source();
    }

    private static String general(FailureKind kind) {
        return kind == FailureKind.STARTING_UP
                ? "Wait for it (wellhead wait), or look at its log where that takes long."
                : "Look at the server's log.";
    }

    private Stage stage(FailureKind kind) {
        return switch (kind) {
            case NAME_NOT_RESOLVED -> Stage.DNS;
            case REFUSED, NOT_POSTGRESQL -> Stage.TCP;
            case TIMED_OUT, NETWORK -> {
                if (steps.addresses() == null) {
                    yield Stage.DNS;
                }
                // until it said something in PostgreSQL's protocol, what answers may be anything
                yield steps.session() == null && steps.method() == null ? Stage.TCP : Stage.AUTHENTICATION;
            }
            case TLS_UNTRUSTED, TLS_WRONG_HOST_NAME, TLS_EXPIRED, TLS_NOT_SUPPORTED, TLS_FAILED -> Stage.TLS;
            case CREDENTIALS_UNAVAILABLE -> Stage.CREDENTIALS;
            case NO_SUCH_DATABASE -> Stage.DATABASE;
            case TOO_MANY_CONNECTIONS -> Stage.HEADROOM;
            case WRONG_SERVER_ROLE -> Stage.ROLE;
            case CREDENTIALS_REFUSED, NOT_ADMITTED, STARTING_UP, OTHER -> Stage.AUTHENTICATION;
        };
    }

    /** Adds what went well until a stage. */
    private void passedBefore(Stage end) {
        List<InetAddress> addresses = steps.addresses();
        if (addresses != null && Stage.DNS.compareTo(end) < 0) {
            dns(addresses);
        }
        InetSocketAddress address = steps.address();
        if (address != null && Stage.TCP.compareTo(end) < 0) {
            add(Result.ok(Stage.TCP, address.getAddress().getHostAddress() + " port " + address.getPort() + " answers")
                    .in(steps.connectedIn()));
        }
        if (Stage.TLS.compareTo(end) < 0) {
            tls();
        }
        if (Stage.AUTHENTICATION.compareTo(end) < 0 && (connection != null || steps.method() != null)) {
            authentication();
        }
    }

    private void dns(List<InetAddress> addresses) {
        List<String> texts = addresses.stream().map(InetAddress::getHostAddress).toList();
        String all = texts.stream().collect(Collectors.joining(", "));
        boolean literal = texts.size() == 1 && texts.get(0).equals(server.host());
        add(Result.ok(Stage.DNS, literal ? "an address, no name to resolve" : all)
                .in(steps.resolvedIn())
                .with("addresses", texts));
    }

    private void tls() {
        SSLSession session = steps.session();
        if (session != null) {
            add(new TlsSummary(settings, session, clock).result().in(steps.encryptedIn()));
            return;
        }
        SslMode mode = settings.sslMode();
        Result result = mode == SslMode.DISABLE
                ? Result.ok(Stage.TLS, "not encrypted: the SSL mode is disable")
                : Result.warning(
                        Stage.TLS,
                        "not encrypted: the SSL mode is " + mode + " and the server did without",
                        "Switch on TLS in the server (ssl = on), then set " + settings.variable(Settings.SSLMODE)
                                + " to verify-full.");
        add(result.with("protocol", "none"));
    }

    private void authentication() {
        Duration took = steps.sinceLast();
        String method = steps.method();
        String as = "as " + (steps.user().isEmpty() ? settings.user() : steps.user());
        String text = method == null ? as + ", no password asked for" : as + label() + " by " + method;
        boolean bound = false;
        if ("scram-sha-256".equals(method)) {
            bound = channelBinding.works(server, steps.session() != null);
            text += bound ? ", bound to the TLS channel" : ", not bound to a TLS channel";
        }
        boolean weak = "md5".equals(method) || ("password".equals(method) && steps.session() == null);
        Result result = weak
                ? Result.warning(
                        Stage.AUTHENTICATION,
                        text + ", which a listener can break",
                        "Set password_encryption = scram-sha-256 on the server and the password of the role again.")
                : Result.ok(Stage.AUTHENTICATION, text);
        add(result.in(took)
                .with("user", steps.user())
                .with("method", method == null ? "none" : method)
                .with("channelBinding", bound));
    }

    private String label() {
        String label = steps.label();
        return label.isEmpty() || label.equals(Doctor.ONLY_LABEL) ? "" : " (" + label + ")";
    }

    private void add(Result result) {
        results.add(result.at(server.toString()));
    }
}
