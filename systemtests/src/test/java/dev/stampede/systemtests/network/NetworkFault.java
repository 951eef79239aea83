package dev.stampede.systemtests.network;

/** A fault that lasts for some time; the broker concerned is the one that coordinates the group of the stream. */
enum NetworkFault {
    /** No packet passes between the stream and the broker; everything else works. */
    STREAM_FROM_BROKER,
    /** No packet passes between the broker and the two others; all of them reach the stream. */
    BROKER_FROM_BROKERS,
    /** All hosts lose 5 % of the packets that they get, and send 8 Mbit/s with a queue of up to 400 ms. */
    LOSS_AND_DELAY,
    /** The disk of the broker has no space left; afterwards it has, and the broker is started again. */
    FULL_DISK
}
