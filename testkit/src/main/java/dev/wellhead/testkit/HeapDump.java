package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Searches the live heap for a text in {@link java.util.Properties}: drivers, pools and support tools copy, log and dump
 * such tables.
 *
 * <p>Reads the binary format that jmap writes. References are followed backwards, from the bytes to the string, to the
 * entry of the table, and to the table: each round marks the objects that refer to a marked object.
 */
public final class HeapDump {

    private static final int FILE_HEADER = "JAVA PROFILE 1.0.2".length() + 1 + 4 + 8;
    private static final int UTF8 = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;

    private static final int OBJECT = 2;
    private static final int[] SIZE_OF_TYPE = {0, 0, Long.BYTES, 0, 1, 2, 4, 8, 1, 2, 4, 8};
    private static final int CHAR = 5;
    private static final int BYTE = 8;

    /** The classes between a text and its table. Objects that refer to the table itself are not followed. */
    private static final Pattern PASSES =
            Pattern.compile("java/lang/String|(\\[L)?java/util/(concurrent/ConcurrentHashMap|Hashtable).*");

    private final ByteBuffer dump;
    private final byte[] latin1;
    private final byte[] utf16;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();
    private final Map<Long, Long> superclasses = new HashMap<>();
    private final Map<Long, int[]> fieldTypes = new HashMap<>();
    private final Map<Long, Kind> kinds = new HashMap<>();
    private final Set<Long> marked = new HashSet<>();
    private final List<String> tables = new ArrayList<>();
    private boolean textIsMarked;

    private HeapDump(ByteBuffer dump, String text) {
        this.dump = dump;
        this.latin1 = text.getBytes(ISO_8859_1);
        this.utf16 = text.getBytes(UTF_16BE);
    }

    /**
     * {@return the classes of the live Properties that hold {@code text} in a key or a value}
     *
     * @param directory where the dump is written; it is deleted afterwards
     */
    public static List<String> propertiesThatHold(String text, Path directory) throws IOException {
        Path file = directory.resolve("heap-" + System.nanoTime() + ".hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
            HeapDump heap = new HeapDump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), text);
            int before;
            do {
                before = heap.marked.size();
                heap.read();
                heap.textIsMarked = true;
            } while (heap.marked.size() > before);
            return heap.tables;
        }
    }

    private void read() {
        dump.position(FILE_HEADER);
        while (dump.remaining() > 0) {
            int tag = dump.get();
            dump.getInt();
            int length = dump.getInt();
            int end = dump.position() + length;
            if (tag == UTF8) {
                long id = dump.getLong();
                byte[] name = new byte[length - Long.BYTES];
                dump.get(name);
                names.put(id, new String(name, UTF_8));
            } else if (tag == LOAD_CLASS) {
                dump.getInt();
                long id = dump.getLong();
                dump.getInt();
                classNames.put(id, names.getOrDefault(dump.getLong(), ""));
            } else if (tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT) {
                while (dump.position() < end) {
                    readObject(dump.get() & 0xFF);
                }
            }
            dump.position(end);
        }
    }

    private void readObject(int tag) {
        switch (tag) {
            case 0xFF, 0x05, 0x07 -> skip(Long.BYTES);
            case 0x01 -> skip(2 * Long.BYTES);
            case 0x02, 0x03, 0x08 -> skip(Long.BYTES + 2 * Integer.BYTES);
            case 0x04, 0x06 -> skip(Long.BYTES + Integer.BYTES);
            case 0x20 -> readClass();
            case 0x21 -> readInstance();
            case 0x22 -> readObjects();
            case 0x23 -> readPrimitives();
            default -> throw new IllegalStateException("unknown kind of object: " + tag);
        }
    }

    private void readClass() {
        long id = dump.getLong();
        skip(Integer.BYTES);
        superclasses.put(id, dump.getLong());
        skip(5 * Long.BYTES + Integer.BYTES);
        for (int constants = dump.getShort(); constants > 0; constants--) {
            skip(Short.BYTES);
            skip(SIZE_OF_TYPE[dump.get()]);
        }
        for (int statics = dump.getShort(); statics > 0; statics--) {
            skip(Long.BYTES);
            skip(SIZE_OF_TYPE[dump.get()]);
        }
        int[] types = new int[dump.getShort()];
        for (int i = 0; i < types.length; i++) {
            skip(Long.BYTES);
            types[i] = dump.get();
        }
        fieldTypes.put(id, types);
    }

    private void readInstance() {
        long id = dump.getLong();
        skip(Integer.BYTES);
        long type = dump.getLong();
        int end = dump.getInt() + dump.position();
        Kind kind = kinds.computeIfAbsent(type, this::kind);
        if (kind != Kind.OTHER && !marked.contains(id) && leadsToMarked(type)) {
            marked.add(id);
            if (kind == Kind.TABLE) {
                tables.add(classNames.getOrDefault(type, "").replace('/', '.'));
            }
        }
        dump.position(end);
    }

    private boolean leadsToMarked(long type) {
        for (long owner = type; fieldTypes.containsKey(owner); owner = superclasses.getOrDefault(owner, 0L)) {
            for (int field : fieldTypes.get(owner)) {
                if (field != OBJECT) {
                    skip(SIZE_OF_TYPE[field]);
                } else if (marked.contains(dump.getLong())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Kind kind(long type) {
        for (long owner = type; owner != 0; owner = superclasses.getOrDefault(owner, 0L)) {
            if ("java/util/Properties".equals(classNames.get(owner))) {
                return Kind.TABLE;
            }
        }
        return PASSES.matcher(classNames.getOrDefault(type, "")).matches() ? Kind.PASSES : Kind.OTHER;
    }

    private void readObjects() {
        long id = dump.getLong();
        skip(Integer.BYTES);
        int count = dump.getInt();
        boolean passes = kinds.computeIfAbsent(dump.getLong(), this::kind) == Kind.PASSES;
        int end = dump.position() + count * Long.BYTES;
        while (passes && dump.position() < end) {
            if (marked.contains(dump.getLong())) {
                marked.add(id);
                break;
            }
        }
        dump.position(end);
    }

    private void readPrimitives() {
        long id = dump.getLong();
        skip(Integer.BYTES);
        int count = dump.getInt();
        int type = dump.get();
        int length = count * SIZE_OF_TYPE[type];
        if (!textIsMarked && isText(type, length)) {
            marked.add(id);
        }
        skip(length);
    }

    private boolean isText(int type, int length) {
        return switch (type) {
            case BYTE -> contains(latin1, length) || contains(utf16, length);
            case CHAR -> contains(utf16, length);
            default -> false;
        };
    }

    private boolean contains(byte[] wanted, int length) {
        int start = dump.position();
        for (int i = start; i <= start + length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && dump.get(i + matched) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private void skip(int bytes) {
        dump.position(dump.position() + bytes);
    }

    private enum Kind {
        TABLE,
        PASSES,
        OTHER
    }
}
