// Plain JavaScript, because it runs before anything is installed. It installs the npm packages, then runs commands/cli.ts.
import { execFileSync, spawnSync } from "child_process";
import { existsSync, readFileSync } from "fs";
import { createRequire } from "module";
import { clearInterval, setInterval, setTimeout } from "timers";
import { fileURLToPath } from "url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

function fail(line) {
  console.error(line);
  process.exit(1);
}

function requireNode() {
  const allowed = JSON.parse(readFileSync(path("../package.json"), "utf8")).engines.node;
  const [major, minor] = allowed.replace(">=", "").split(".").map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Node.js ${process.versions.node} is too old: ${allowed} is needed. Install Node.js 20, 22 or 24.`);
}

/** When npm has finished, it lists the packages installed for this platform in node_modules/.package-lock.json. */
function packagesAreInstalled() {
  const record = path("../node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const packages = (lock) => JSON.parse(readFileSync(lock, "utf8")).packages;
  const installed = packages(record);
  return Object.entries(packages(path("../package-lock.json"))).every(
    ([name, { version, integrity, optional }]) =>
      name === "" ||
      (name in installed
        ? installed[name].version === version && installed[name].integrity === integrity
        : optional === true),
  );
}

function installPackages() {
  if (packagesAreInstalled()) return;
  console.error("Installing the npm packages (once)");
  const { status, error } = spawnSync(
    "npm",
    // Packages' own scripts are not run: none is needed, and one that compiles or downloads something can fail.
    ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: path(".."),
      stdio: "inherit",
    },
  );
  if (error) fail(`npm could not be run: ${error.message}. Install it beside Node.js and start again.`);
  if (status !== 0) {
    fail(
      "The npm packages could not be installed; npm says why above. Check the network (a proxy: HTTPS_PROXY), " +
        "the free space on the disk and `npm config get registry`, and start again.",
    );
  }
}

/** Name and parent of a process. A slim image has no `ps`, and macOS has no /proc. */
function processAbove(pid) {
  if (existsSync("/proc/self/stat")) {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    return { name: stat.slice(stat.indexOf("(") + 1, end), above: stat.slice(end + 2).split(" ")[1] };
  }
  const [above, name] = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" })
    .trim()
    .split(/\s+/);
  return { name, above };
}

/**
 * npm runs a script through a shell, which passes on neither kill -9 nor SIGTERM: without this function the lake would
 * keep running after its npm is gone.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const { above, name } = processAbove(parent);
  // Some shells replace themselves with the command: then npm itself is the parent.
  const npm = /(^|\/|-)(sh|dash|bash|zsh|ash|ksh)$/.test(name) ? Number(above) : parent;
  const isGone = () => {
    try {
      return process.ppid !== parent || !process.kill(npm, 0);
    } catch (error) {
      return error.code === "ESRCH";
    }
  };
  const watch = setInterval(() => {
    if (!isGone()) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 4000).unref();
  }, 500);
  watch.unref();
}

requireNode();
installPackages();
endWithNpm();
await import("tsx");
createRequire(import.meta.url)("./cli.ts");
