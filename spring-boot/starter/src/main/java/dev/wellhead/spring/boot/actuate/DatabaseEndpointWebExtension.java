package dev.wellhead.spring.boot.actuate;

import dev.wellhead.spring.boot.actuate.DatabaseEndpoint.DatabaseDescription;
import dev.wellhead.spring.boot.actuate.DatabaseEndpoint.DatabasesDescription;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Shows values over HTTP to users with one of the roles, if {@code show-values} is {@code when-authorized}. Thread-safe. */
@EndpointWebExtension(endpoint = DatabaseEndpoint.class)
public class DatabaseEndpointWebExtension {

    private final DatabaseEndpoint endpoint;
    private final Show showValues;
    private final Set<String> roles;

    DatabaseEndpointWebExtension(DatabaseEndpoint endpoint, Show showValues, Set<String> roles) {
        this.endpoint = endpoint;
        this.showValues = showValues;
        this.roles = roles;
    }

    /** {@return the settings of every database} */
    @ReadOperation
    public DatabasesDescription databases(SecurityContext user) {
        return endpoint.describe(showValues.isShown(user, roles));
    }

    /** {@return the settings of one database; null if there is none of this name} */
    @ReadOperation
    public @Nullable DatabaseDescription database(SecurityContext user, @Selector String name) {
        return endpoint.describe(name, showValues.isShown(user, roles));
    }

    /**
     * Refreshes the credentials of one database. Blocks for at most connectionTimeout for each of its pools. If there is no database of
     * this name, the status is 404: without it, Actuator would answer 204, as if the credentials had been refreshed.
     */
    @WriteOperation
    public WebEndpointResponse<CredentialsRefresh> refresh(SecurityContext user, @Selector String name) {
        return response(endpoint.refresh(name, showValues.isShown(user, roles)));
    }

    /** The same for requests without a JSON body, for which Actuator does not supply the user. */
    @WriteOperation
    public WebEndpointResponse<CredentialsRefresh> refreshWithoutBody(@Selector String name) {
        return response(endpoint.refresh(name));
    }

    private static WebEndpointResponse<CredentialsRefresh> response(@Nullable CredentialsRefresh refresh) {
        return refresh == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(refresh);
    }
}
