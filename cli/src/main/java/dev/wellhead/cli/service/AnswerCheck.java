package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;

/** Decides what an answer means for a service. */
final class AnswerCheck {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int MOVED = 301;
    private static final int SERVER_ERROR = 500;

    private final NamedService service;
    private final ServiceAddress address;

    AnswerCheck(NamedService service, ServiceAddress address) {
        this.service = service;
        this.address = address;
    }

    /** {@return the result of the stage} A request for a login is an answer. */
    StageResult result(ServiceAnswer answer) throws ServiceFailure {
        if (answer.protocol() != service.protocol()) {
            throw otherProtocol(answer.protocol());
        }
        return switch (answer.protocol()) {
            case HTTP -> http(answer);
            case REDIS -> redis(answer);
            default -> StageResult.ok(ServiceStage.ANSWER, "answers " + answer.protocol());
        };
    }

    private ServiceFailure otherProtocol(ServiceProtocol protocol) {
        String key = service.key();
        if (protocol == ServiceProtocol.TLS) {
            return ServiceFailure.wrongProtocol(
                    "it accepts only TLS on this port",
                    "To use TLS, " + service.withScheme(address.otherScheme(), "verify-full") + ".");
        }
        if (service.kind() == ServiceKind.METRICS && protocol == ServiceProtocol.GRPC) {
            return ServiceFailure.wrongProtocol(
                    "it speaks gRPC on this port, not HTTP",
                    "Set OTEL_EXPORTER_OTLP_PROTOCOL to grpc, or correct the port in " + key + ".");
        }
        if (service.protocol() == ServiceProtocol.GRPC && protocol == ServiceProtocol.HTTP) {
            return ServiceFailure.wrongProtocol(
                    "it speaks HTTP on this port, not gRPC",
                    "Set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf, or correct the port in " + key + ".");
        }
        return ServiceFailure.wrongProtocol(
                "it speaks " + protocol + " on this port, not " + service.protocol(),
                "Correct the port in " + key + ".");
    }

    private StageResult http(ServiceAnswer answer) throws ServiceFailure {
        int status = answer.status();
        if (status == 0 || status >= SERVER_ERROR) {
            throw ServiceFailure.unavailable(
                    "it answers with '" + answer.text() + "'", "Check the state of the server and its logs.");
        }
        String text = "answers with HTTP status " + status;
        if (address.isBucket() && status == NOT_FOUND) {
            return StageResult.warning(
                    ServiceStage.ANSWER,
                    text + ": it has no " + service.detail(),
                    "Create the bucket, or correct the variable " + bucketVariable() + ".");
        }
        if (address.isBucket() && status == MOVED) {
            return StageResult.warning(
                    ServiceStage.ANSWER, text + ": the bucket is in another region", "Correct AWS_REGION.");
        }
        // requests are not signed, and contain no login
        boolean isRefused = status == UNAUTHORIZED || status == FORBIDDEN;
        return StageResult.ok(ServiceStage.ANSWER, isRefused ? text + ": it requires a login" : text);
    }

    /** {@return the variable that names the bucket; the other origin is the endpoint or the region} */
    private String bucketVariable() {
        return service.origins().stream()
                .flatMap(origin -> origin.key().stream())
                .filter(key -> key.endsWith("BUCKET"))
                .findFirst()
                .orElse("BUCKET");
    }

    private StageResult redis(ServiceAnswer answer) throws ServiceFailure {
        String text = answer.text();
        if (answer.line().startsWith("+")) {
            return StageResult.ok(ServiceStage.ANSWER, "answers PING");
        }
        if (text.startsWith("NOAUTH") || text.startsWith("NOPERM")) {
            return StageResult.ok(ServiceStage.ANSWER, "answers PING: it requires a login");
        }
        throw ServiceFailure.unavailable("it refuses PING: " + text, "Check the state of the server and its logs.");
    }
}
