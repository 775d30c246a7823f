"""Sends one song heard to Kafka, as a producer of your own would: JSON, keyed by the customer."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import datetime, timezone

from kafka import KafkaProducer

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kafka", default="127.0.0.1:28000", help="host:port")
kafka = parser.parse_args().kafka

event = {
    "event_id": str(uuid.uuid4()),
    "event_time": datetime.now(timezone.utc).isoformat(),
    "schema_version": 1,
    "customer_id": "my-customer",
    "device_id": "my-device",
    # Ids of the reference catalogue, which EventSim publishes. Any other id becomes "unknown" in silver.
    "location_id": "unknown",
    "session_id": "my-session",
    "song_id": "unknown",
    "artist_id": "unknown",
    "listened_ms": 180_000,
    "level": "free",
}
producer = KafkaProducer(bootstrap_servers=kafka, client_id="my-producer")
future = producer.send("listen_events", key=event["customer_id"].encode(), value=json.dumps(event).encode())
sent = future.get(timeout=30)
producer.close()
print(f"sent {event['event_id']} to partition {sent.partition}, offset {sent.offset}")
