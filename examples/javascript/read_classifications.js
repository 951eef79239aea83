// Prints ten classifications; output.format may be ocf, json or single-object. npm install kafkajs kafkajs-lz4 avsc; then
//   node read_classifications.js 127.0.0.1:9092 classifications
const { once } = require("events");
const fs = require("fs");
const path = require("path");
const avro = require("avsc");
const { CompressionCodecs, CompressionTypes, Kafka } = require("kafkajs");
const LZ4 = require("kafkajs-lz4");

const [brokers = "127.0.0.1:9092", topic = "classifications"] = process.argv.slice(2);
const schema = path.join(__dirname, "..", "..", "schemas", "topics", "Classification.avsc");
const typeOf = (json) => avro.Type.forSchema(json, { wrapUnions: false });
const singleObject = typeOf(JSON.parse(fs.readFileSync(schema)));
CompressionCodecs[CompressionTypes.LZ4] = new LZ4().codec; // the stream compresses its batches

async function decode(value) {
  if (value.subarray(0, 4).equals(Buffer.from("Obj\x01"))) {
    const file = new avro.streams.BlockDecoder({ parseHook: typeOf });
    file.end(value);
    return (await once(file, "data"))[0];
  }
  if (value[0] === 0x7b) return JSON.parse(value); // {
  if (value[0] === 0xc3) return singleObject.fromBuffer(value.subarray(10)); // C3 01 and the fingerprint
  throw new Error(`unknown format: ${value.subarray(0, 10).toString("hex")}`);
}

async function main() {
  const consumer = new Kafka({ brokers: [brokers] }).consumer({ groupId: "my-reader" }); // reads committed records only
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let count = 0;
  await consumer.run({ eachMessage: async ({ message }) => {
    const classification = await decode(message.value);
    console.log(classification.alertId, classification.verdict, classification.probability ?? classification.abstentionReason);
    if (++count === 10) consumer.disconnect();
  } });
}
main();
