package dev.stampede.training.network.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A primitive of oneDNN with its arguments, for arrays of fixed shapes. Not safe for use by several threads at once. */
final class Operation {
    private final primitive work;
    private final stream queue = new stream(OneDnn.engine());
    private final IntMemoryMap arguments = new IntMemoryMap();
    /** The arguments whose memory changes, by number. */
    private final Map<Integer, memory> arrays = new HashMap<>();

    Operation(primitive work) {
        this.work = work;
    }

    /** Copies the array {@link dnnl#DNNL_ARG_FROM} to {@code target}, in another layout. */
    static Operation reorder(memory.desc layout, memory target) {
        return reorder(layout, target.get_desc())
                .array(dnnl.DNNL_ARG_FROM, layout)
                .memory(dnnl.DNNL_ARG_TO, target);
    }

    /** Copies {@code source} to the array {@link dnnl#DNNL_ARG_TO}, in another layout. */
    static Operation reorder(memory source, memory.desc layout) {
        return reorder(source.get_desc(), layout)
                .memory(dnnl.DNNL_ARG_FROM, source)
                .array(dnnl.DNNL_ARG_TO, layout);
    }

    private static Operation reorder(memory.desc from, memory.desc to) {
        return new Operation(new reorder(new reorder.primitive_desc(OneDnn.engine(), from, OneDnn.engine(), to)));
    }

    /** Declares an argument whose memory is given before each run. */
    Operation array(int argument, memory.desc layout) {
        memory array = new memory(layout, OneDnn.engine(), null);
        arrays.put(argument, array);
        return memory(argument, array);
    }

    /** Sets an argument for all runs. */
    Operation memory(int argument, memory array) {
        arguments.put(argument, array);
        return this;
    }

    /** Gives an argument the memory of {@code array}, which has the declared layout. */
    Operation with(int argument, INDArray array) {
        Objects.requireNonNull(arrays.get(argument))
                .set_data_handle(array.data().addressPointer());
        return this;
    }

    /** Runs it to its end. */
    void run() {
        work.execute(queue, arguments);
        queue._wait();
    }
}
