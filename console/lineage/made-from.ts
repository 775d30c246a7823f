import { eventTopics } from "../../lake/events";
import { goldTables, modelName, silverTables, tableKey, type TableKey } from "../../lake/tables";
import type { MadeFrom } from "../messages";
import type { Models } from "./read-models";

const keyOfModel: ReadonlyMap<string, TableKey> = new Map(
  [...silverTables, ...goldTables].map((table) => [modelName(table), tableKey(table)]),
);
const modelOfKey = new Map([...keyOfModel].map(([model, key]) => [key, model]));

/** What tables are made from and who reads them, from what each dbt model reads. */
export class Lineage {
  constructor(private readonly models: Models) {}

  /** What a table reads. A table that only the runs read is followed to what it reads itself. */
  madeFrom(key: TableKey): readonly MadeFrom[] {
    const model = modelOfKey.get(key);
    if (model !== undefined) return this.parents(model, []);
    const topic = eventTopics.find((name) => key === `bronze.${name}`);
    return topic === undefined ? [] : [{ name: `topic ${topic} of Kafka`, key: null, madeFrom: [] }];
  }

  /** The tables that read a table, themselves or through tables that only the runs read. */
  readBy(key: TableKey): readonly TableKey[] {
    const reads = (sources: readonly MadeFrom[]): boolean =>
      sources.some((source) => source.key === key || reads(source.madeFrom));
    return [...modelOfKey.keys()].filter((other) => reads(this.madeFrom(other)));
  }

  /** @param above models on the way here: two of them may read each other's earlier rows */
  private parents(model: string, above: readonly string[]): readonly MadeFrom[] {
    return (this.models[model] ?? []).flatMap((parent): MadeFrom[] => {
      if (above.includes(parent)) return [];
      const key = keyOfModel.get(parent);
      if (key !== undefined) return [{ name: key, key, madeFrom: [] }];
      const [layer, name = ""] = parent.split(".");
      if (layer === "bronze") return [{ name: parent, key: `bronze.${name}`, madeFrom: [] }];
      if (layer === "reference") return [{ name: `catalogue ${name} of EventSim`, key: null, madeFrom: [] }];
      return [{ name: parent, key: null, madeFrom: this.parents(parent, [...above, model]) }];
    });
  }
}
