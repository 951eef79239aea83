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

// CRC-64-AVRO of a schema's canonical form.
const POLYNOMIAL = 0xc15d213aa4d7a795n;
function fingerprint(type) {
  let crc = POLYNOMIAL;
  for (const byte of Buffer.from(JSON.stringify(type.schema()))) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1n) ^ (crc & 1n ? POLYNOMIAL : 0n);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(crc);
  return bytes;
}
const singleObjectHeader = Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprint(singleObject)]);

async function decode(value) {
  if (value.subarray(0, 4).equals(Buffer.from("Obj\x01"))) {
    const file = new avro.streams.BlockDecoder({ parseHook: typeOf });
    file.end(value);
    return (await once(file, "data"))[0];
  }
  if (value[0] === 0x7b) return JSON.parse(value); // {
  if (value.subarray(0, 10).equals(singleObjectHeader)) return singleObject.fromBuffer(value.subarray(10));
  if (value[0] === 0xc3) throw new Error(`not written with ${schema}: its fingerprint is ${value.subarray(2, 10).toString("hex")}`);
  throw new Error(`unknown format: ${value.subarray(0, 10).toString("hex")}`);
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

async function main() {
  const consumer = new Kafka({ brokers: [brokers] }).consumer({ groupId: "my-reader" }); // reads committed records only
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let count = 0;
  await consumer.run({ eachMessage: async ({ message }) => {
    const classification = await decode(message.value).catch(fail);
    console.log(classification.alertId, classification.verdict, classification.probability ?? classification.abstentionReason);
    if (++count === 10) consumer.disconnect();
  } });
}
main().catch(fail);
