package dev.stampede.streaming.service;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Handles signals through {@code sun.misc.Signal} of the module jdk.unsupported; Java has no other API for it. It is called
 * by reflection because the compiler rejects it in a build without warnings.
 */
final class Signals implements AutoCloseable {
    private final List<Runnable> restoring = new ArrayList<>();

    private Signals() {}

    /** Runs {@code action}, on a thread of the JVM, when one of the signals such as {@code TERM} arrives, until closed. */
    static Signals handle(Runnable action, String... names) {
        Signals signals = new Signals();
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.invoke(action, arguments); // the methods of Object
                    });
            for (String name : names) {
                Object signal = type.getConstructor(String.class).newInstance(name);
                signals.install(type, handlerType, signal, handler);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime lacks the module jdk.unsupported", e);
        }
        return signals;
    }

    private void install(Class<?> type, Class<?> handlerType, Object signal, Object handler)
            throws ReflectiveOperationException {
        Object previous = type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
        restoring.add(() -> {
            try {
                type.getMethod("handle", type, handlerType).invoke(null, signal, previous);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot restore the handler of a signal", e);
            }
        });
    }

    /** Restores the handlers that were there before. */
    @Override
    public void close() {
        restoring.forEach(Runnable::run);
    }
}
