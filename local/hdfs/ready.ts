import { z } from "zod";
import { until } from "../jvm/until";

const state = z.object({
  beans: z.array(z.object({ NumLiveDataNodes: z.number(), FSState: z.string() })).length(1),
});

/**
 * Resolves when HDFS can be written to: a DataNode is registered and safe mode is over. Rejects when `signal` aborts.
 *
 * @param httpAddress HTTP address of the NameNode, like `http://127.0.0.1:9870`
 */
export async function waitForHdfs(httpAddress: string, signal?: AbortSignal): Promise<void> {
  const url = new URL("/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState", httpAddress);
  await until(
    `HDFS at ${httpAddress}`,
    async () => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      const bean = state.safeParse(await answer.json()).data?.beans[0];
      if (bean === undefined) return "the NameNode has not loaded its namespace";
      if (bean.NumLiveDataNodes < 1) return "no DataNode has registered";
      return bean.FSState === "Operational" ? undefined : `its state is ${bean.FSState}`;
    },
    signal,
  );
}
