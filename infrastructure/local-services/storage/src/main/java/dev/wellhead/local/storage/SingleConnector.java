package dev.wellhead.local.storage;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Removes the second connector of S3Mock, because it listens on all addresses of the machine. The connector that remains
 * uses {@code server.address} and {@code server.port}.
 */
@Configuration(proxyBeanMethods = false)
public class SingleConnector {

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> singleConnectorCustomizer() {
        return factory -> factory.getAdditionalConnectors().clear();
    }
}
