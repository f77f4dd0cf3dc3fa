package dev.wellhead.cli.service;

import dev.wellhead.settings.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of metrics: an OpenTelemetry collector, or the store that {@code infrastructure/terraform/metrics} outputs.
 * Source: OpenTelemetry specification, "OpenTelemetry Protocol Exporter".
 */
final class MetricsEndpoint {

    private static final int GRPC_PORT = 4317;

    private final ServiceVariables variables;

    MetricsEndpoint(ServiceVariables variables) {
        this.variables = variables;
    }

    /** {@return the receiver; null if none is named} */
    @Nullable
    NamedService service() {
        String endpoint = variables.firstOf("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
        if (endpoint != null) {
            return collector(endpoint);
        }
        String store = variables.firstOf("PROMETHEUS_REMOTE_WRITE_URL");
        return store == null
                ? null
                : variables.service(ServiceKind.METRICS, ServiceProtocol.HTTP, store, NamedServices.HTTP_SCHEMES);
    }

    /** The variable for all signals is a base, to which exporters add a path; the one for metrics is complete. */
    private NamedService collector(String endpoint) {
        NamedService service =
                variables.service(ServiceKind.METRICS, ServiceProtocol.HTTP, endpoint, NamedServices.HTTP_SCHEMES);
        ServiceAddress address = service.address();
        if (address == null) {
            return service;
        }
        Origin origin = Origin.Variable.of(endpoint);
        String protocol = variables.firstOf("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
        boolean isGrpc = protocol == null
                ? address.port() == GRPC_PORT
                : variables.value(protocol).equals("grpc");
        if (isGrpc) {
            return NamedService.at(ServiceKind.METRICS, ServiceProtocol.GRPC, address, "OTLP over gRPC", origin);
        }
        String path = address.path();
        boolean isComplete = endpoint.contains("METRICS");
        ServiceAddress complete =
                isComplete ? address : address.withPath(path + (path.endsWith("/") ? "" : "/") + "v1/metrics");
        return NamedService.at(ServiceKind.METRICS, ServiceProtocol.HTTP, complete, "OTLP over HTTP", origin);
    }
}
