package dev.stampede.streaming.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map with a fixed capacity that evicts the least recently used entry. Not thread-safe. */
public final class LruCache<K, V> extends LinkedHashMap<K, V> {
    private final int capacity;

    public LruCache(int capacity) {
        super(capacity, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
