package dev.stampede.streaming.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where HTTP is served, and to whom.
 *
 * @param address its port may be 0 for a free one
 * @param token what whoever asks must show; empty where anybody may ask who reaches the address
 */
public record Endpoint(InetSocketAddress address, Optional<Token> token) {
    /** On the loopback address, for whoever is on this machine. */
    public static Endpoint local(int port) {
        return new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty());
    }

    /** Whether whoever reaches this machine over a network may ask. */
    public boolean isOpenToAll() {
        return token.isEmpty()
                && address.getAddress() != null
                && !address.getAddress().isLoopbackAddress();
    }
}
