package dev.stampede.streaming.packet;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was used lately, up to a bound: what is asked for least recently goes first. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private final int capacity;

    Recent(int capacity) {
        super(capacity, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
