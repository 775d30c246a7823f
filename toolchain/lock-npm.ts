/**
 * Adds to `package-lock.json` the packages of other platforms, which npm leaves out if its registry has only those of its
 * own platform: `npm ci` refuses a lock without them. Run it after `npm install` has changed the lock:
 *   node --import tsx toolchain/lock-npm.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

export interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

export interface NpmLock {
  packages: Record<string, LockedPackage>;
}

/** Optional dependencies of locked packages that are missing from the lock, by their path in it. */
export function missingPackages({ packages }: NpmLock): Record<string, LockedPackage> {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages))
      .map(([name, version]) => [
        `node_modules/${name}`,
        { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true },
      ]),
  );
  return Object.fromEntries(missing) as Record<string, LockedPackage>;
}

/** Reads the platform from the name of a native package, like `core-linux-x64-gnu`. */
function platformOf(name: string): LockedPackage {
  const os = /-(darwin|linux|win32|freebsd|android|openharmony)-/.exec(name)?.[1];
  const cpu = /-(arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64)(?:-|$)/.exec(name)?.[1];
  if (os === undefined || cpu === undefined) throw new Error(`${name} names no platform: lock it by hand`);
  const libc = os !== "linux" ? undefined : /-musl/.test(name) ? "musl" : "glibc";
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
}

if (require.main === module) {
  const path = resolve(__dirname, "../package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8")) as NpmLock;
  const packages = { ...lock.packages, ...missingPackages(lock) };
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
