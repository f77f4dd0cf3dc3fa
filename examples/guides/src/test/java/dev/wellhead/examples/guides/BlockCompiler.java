package dev.wellhead.examples.guides;

import dev.wellhead.testkit.ChildJvm;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles Java blocks on the class path of the tests, which stays open between the blocks. */
final class BlockCompiler implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of("--release", "17", "-proc:none", "-classpath", ChildJvm.CLASS_PATH);

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

    /** {@return the messages of the compiler and the sources, or an empty text if the blocks compile together} */
    String compile(List<Snippet> blocks, Path classes) throws IOException {
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        List<Source> sources = blocks.stream().map(Source::new).toList();
        StringWriter messages = new StringWriter();
        boolean compiled =
                compiler.getTask(messages, files, null, OPTIONS, null, sources).call();
        return compiled
                ? ""
                : messages
                        + String.join("\n", blocks.stream().map(Snippet::source).toList());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** A block as a source file in memory. */
    private static final class Source extends SimpleJavaFileObject {

        private final Snippet block;

        Source(Snippet block) {
            super(URI.create("string:///" + block.mainClass().replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
            this.block = block;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return block.source();
        }
    }
}
