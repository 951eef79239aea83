package dev.stampede.stamps.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtoFieldTest {
    private static List<ProtoField> fields(byte[] message) {
        return ProtoField.of(message, 0, message.length);
    }

    @Test
    void readsWhatTheWriterWrites() {
        byte[] message = new ProtoWriter().text(7, "graph").text(300, "").toBytes();
        assertThat(fields(message)).extracting(ProtoField::number).containsExactly(7, 300);
        assertThat(fields(message)).extracting(field -> field.text(message)).containsExactly("graph", "");
    }

    /** 5 as two bytes, which protobuf permits, as a value and as a length. */
    @Test
    void readsVarintsThatAreLongerThanTheirValue() {
        byte[] message = HexFormat.of().parseHex("0885001285006162636465");
        assertThat(fields(message)).hasSize(2);
        assertThat(fields(message).get(0).number(message)).isEqualTo(5);
        assertThat(fields(message).get(1).text(message)).isEqualTo("abcde");
    }

    @ParameterizedTest
    @CsvSource({
        "08, ends within a field",
        "0880, ends within a field",
        "1205616263, ends within a field",
        "12ffffffffffffffffff01, ends within a field",
        "0d010203, ends within a field",
        "09010203, ends within a field",
        "0b, wire type 3",
        "08ffffffffffffffffffff01, a varint without an end"
    })
    void refusesOtherBytes(String hex, String reason) {
        byte[] message = HexFormat.of().parseHex(hex);
        assertThatIllegalArgumentException().isThrownBy(() -> fields(message)).withMessageContaining(reason);
    }
}
