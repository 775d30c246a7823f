import { stacksWithData, storagesThatCannotBeKept } from "../../../deploy/kept-data";
import { loadProfile } from "../../../profiles";

const emptyDir = (path: string) => `${path}={"kind":"emptyDir","sizeGibibytes":2}`;
const lost = (name: string, ...changes: string[]) =>
  storagesThatCannotBeKept(loadProfile(name, changes.join(" ")));

test("Strimzi's Kafka is kept as a resource: a new one would not know its volumes", () => {
  expect(stacksWithData(loadProfile("kind"))).toEqual(["foundation", "kafka"]);
});

test("of a Kafka outside nothing has to be kept", () => {
  expect(stacksWithData(loadProfile("ci"))).toEqual(["foundation"]);
});

test.each(["kind", "cloud", "ci"])("profile %s keeps all its data", (name) => {
  expect(lost(name)).toEqual([]);
});

test("a storage that goes with its pod is named", () => {
  expect(lost("kind", emptyDir("kafka.storage"))).toEqual(["kafka.storage"]);
  expect(lost("cloud", emptyDir("hdfs.dataNode.storage"), emptyDir("hdfs.journalNode.storage"))).toEqual([
    "hdfs.dataNode.storage",
    "hdfs.journalNode.storage",
  ]);
});

test("one that is not there is not", () => {
  // `kind` has no JournalNodes.
  expect(lost("kind", emptyDir("hdfs.journalNode.storage"))).toEqual([]);
});
