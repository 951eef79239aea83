package dev.stampede.streaming.monitor;

import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The address of the HTTP server, and its token.
 *
 * @param address its port may be 0 for a free one
 * @param token required of requests; empty for unauthenticated access
 */
public record HttpEndpoint(InetSocketAddress address, Optional<BearerToken> token) {
    /**
     * The endpoint of a stream; reads the token file.
     *
     * @throws dev.stampede.stamps.error.InvalidInputException if the token file cannot be used
     */
    public static HttpEndpoint of(StreamSettings settings) {
        return new HttpEndpoint(
                new InetSocketAddress(settings.get(StreamKeys.HTTP_HOST), settings.get(StreamKeys.HTTP_PORT)),
                settings.get(StreamKeys.HTTP_TOKEN_FILE).map(BearerToken::read));
    }

    /** The loopback address, without a token. */
    public static HttpEndpoint local(int port) {
        return new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty());
    }

    /** Whether it allows unauthenticated access over the network. */
    public boolean isOpenToAll() {
        return token.isEmpty()
                && address.getAddress() != null
                && !address.getAddress().isLoopbackAddress();
    }
}
