// Reduces package.json to the packages that an image needs: node images/select-packages.mjs NAME...
// `npm install` then installs them and their dependencies with the versions and hashes of package-lock.json.
import { readFileSync, writeFileSync } from "fs";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const all = { ...manifest.devDependencies, ...manifest.dependencies };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in all));
if (wanted.length === 0 || unknown.length > 0) {
  console.error(`packages of package.json are wanted, got: ${unknown.join(", ") || "none"}`);
  process.exit(1);
}
delete manifest.devDependencies;
manifest.dependencies = Object.fromEntries(wanted.map((name) => [name, all[name]]));
writeFileSync("package.json", JSON.stringify(manifest, null, 2) + "\n");
