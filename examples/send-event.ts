import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { Kafka } from "kafkajs";

/** Sends one listen event to Kafka, as your own producer would: JSON, keyed by the customer. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { kafka: { type: "string", default: "127.0.0.1:28000" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log("send-event.ts [--kafka host:port]");
  const producer = new Kafka({ brokers: [values.kafka], clientId: "my-producer" }).producer();
  const event = {
    event_id: randomUUID(),
    event_time: new Date().toISOString(),
    schema_version: 1,
    customer_id: "my-customer",
    device_id: "my-device",
    // Ids of the reference catalogue, which EventSim publishes. Any other id becomes "unknown" in silver.
    location_id: "unknown",
    session_id: "my-session",
    song_id: "unknown",
    artist_id: "unknown",
    listened_ms: 180_000,
    level: "free",
  };
  await producer.connect();
  const [sent] = await producer.send({
    topic: "listen_events",
    messages: [{ key: event.customer_id, value: JSON.stringify(event) }],
  });
  await producer.disconnect();
  console.log(`sent ${event.event_id} to partition ${sent?.partition}, offset ${sent?.baseOffset}`);
}

void main();
