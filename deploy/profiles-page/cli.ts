import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { profileDocs } from "./page";

/** Part of `npm run generate`. A test fails when the committed page is stale. */
for (const { path, content } of profileDocs())
  writeFileSync(join(resolve(__dirname, "../.."), path), content);
