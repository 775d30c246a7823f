import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "esbuild";

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

const folder = join(__dirname, "page");

/** The page's files by path, bundled in memory: nothing has to be built before a start. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: { page: join(folder, "main.ts"), style: join(folder, "page.css") },
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  const file = async (type: string, body: Buffer) => ({ type, body, gzipped: await promisify(gzip)(body) });
  const bundled = await Promise.all(
    outputFiles.map(async ({ path, contents }) => {
      const [name, type] = path.endsWith(".css")
        ? ["/page.css", "text/css"]
        : ["/page.js", "text/javascript"];
      return [name, await file(type, Buffer.from(contents))] as const;
    }),
  );
  const html = await file("text/html", await readFile(join(folder, "index.html")));
  return new Map([["/", html] as const, ...bundled]);
}
