package dev.wellhead.testkit.reflection;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds the calls of the JDK's methods that look things up by name, and replaces them by those of {@link LookupHooks}. */
final class CallSites extends ClassVisitor {

    private static final String HOOKS = Type.getInternalName(LookupHooks.class);

    /** The hooks by the method that they replace: owner, name and parameters, with the receiver as the first parameter. */
    private static final Map<String, Method> HOOK_OF = hooks();

    /** Other classes also have a method with the name {@code forName} or {@code load}. */
    private static final Set<String> STATIC_OWNERS =
            Set.of("java/lang/Class", "java/lang/reflect/Proxy", "java/util/ServiceLoader");

    private final Set<String> found = new TreeSet<>();
    private String className = "";

    private CallSites(@Nullable ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** {@return the class with its calls replaced, or null if it has none} */
    static byte @Nullable [] replaced(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        CallSites sites = new CallSites(writer);
        reader.accept(sites, 0);
        return sites.found.isEmpty() ? null : writer.toByteArray();
    }

    /** {@return the methods of a class that contain such calls: {@code dev.wellhead.Databases#open}} */
    static Set<String> in(byte[] classFile) {
        CallSites sites = new CallSites(null);
        new ClassReader(classFile).accept(sites, 0);
        return sites.found;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String[] types) {
        className = name;
        super.visit(version, access, name, signature, superName, types);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        String caller = className.replace('/', '.') + "#" + name;
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String callDescriptor, boolean isInterface) {
                Method hook = opcode == Opcodes.INVOKESPECIAL ? null : hook(opcode, owner, called, callDescriptor);
                if (hook == null) {
                    super.visitMethodInsn(opcode, owner, called, callDescriptor, isInterface);
                    return;
                }
                found.add(caller);
                visitLdcInsn(Type.getObjectType(className));
                visitLdcInsn(caller);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, HOOKS, hook.getName(), Type.getMethodDescriptor(hook), false);
                Type expected = Type.getReturnType(callDescriptor);
                if (!expected.equals(Type.getType(hook.getReturnType()))) {
                    visitTypeInsn(Opcodes.CHECKCAST, expected.getInternalName());
                }
            }
        };
    }

    private static @Nullable Method hook(int opcode, String owner, String name, String descriptor) {
        StringBuilder parameters = new StringBuilder();
        if (opcode != Opcodes.INVOKESTATIC) {
            parameters.append('L').append(owner).append(';');
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            parameters.append(argument.getDescriptor());
        }
        Method hook = HOOK_OF.get(name + parameters);
        boolean isHooked = opcode == Opcodes.INVOKESTATIC
                ? STATIC_OWNERS.contains(owner)
                : owner.startsWith("java/") || owner.startsWith("javax/management/");
        return isHooked ? hook : null;
    }

    private static Map<String, Method> hooks() {
        Map<String, Method> hooks = new HashMap<>();
        for (Method method : LookupHooks.class.getMethods()) {
            if (method.getDeclaringClass() == LookupHooks.class) {
                StringBuilder parameters = new StringBuilder();
                Class<?>[] types = method.getParameterTypes();
                for (int i = 0; i < types.length - 2; i++) {
                    parameters.append(Type.getDescriptor(types[i]));
                }
                hooks.put(method.getName() + parameters, method);
            }
        }
        return hooks;
    }
}
