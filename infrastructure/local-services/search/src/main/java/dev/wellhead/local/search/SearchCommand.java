package dev.wellhead.local.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * Runs OpenSearch as a single node on the loopback address until SIGTERM. The arguments are the port for HTTP and the
 * directory of the data.
 */
public final class SearchCommand extends Node {

    private static final List<Class<? extends Plugin>> MODULES =
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class);

    private SearchCommand(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "local"), MODULES, true);
    }

    /** Prints one line when the server accepts requests. */
    public static void main(String[] arguments) throws NodeValidationException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("Usage: SearchCommand PORT DIRECTORY");
            System.exit(2);
        }
        int port = Integer.parseInt(arguments[0]);
        SearchCommand node = new SearchCommand(settings(port, Path.of(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(node::closeOnExit, "wellhead-search-close"));
        node.start();
        // also the indexes that the directory has already
        node.client().admin().cluster().prepareHealth().setWaitForYellowStatus().get();
        System.out.println("OpenSearch " + Version.CURRENT + " is ready: host 127.0.0.1, port " + port);
        // the threads of the node do not keep the JVM running
        new CountDownLatch(1).await();
    }

    private static Settings settings(int port, Path directory) {
        return Settings.builder()
                .put("cluster.name", "wellhead-local")
                .put("path.home", directory.toString())
                .put("path.data", directory.resolve("data").toString())
                .put("path.logs", directory.resolve("logs").toString())
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", port)
                // nodes of a cluster use it; a free port, because there is only one node
                .put("transport.port", 0)
                // otherwise indexes become read-only if the disk of this machine is 95 percent full
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
    }

    private void closeOnExit() {
        try {
            close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
