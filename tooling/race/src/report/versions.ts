import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { postgres, redis } from "@tessera/vitest/services";
import pg from "pg";
import type { Version } from "./report.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
/** Of the catalog: those that a redemption passes through. */
const PACKAGES = [
  "@trpc/server",
  "@prisma/client",
  "@electric-sql/pglite",
  "pg",
  "ioredis",
  "redlock",
  "ws",
  "fast-check",
];

/** @returns What is running, as far as it can be asked; what cannot says so. */
export async function versions(): Promise<Version[]> {
  return [
    { of: "Tessera", version: commit() },
    { of: "Node.js", version: process.version },
    { of: "PostgreSQL", version: await postgresVersion() },
    { of: "Redis", version: redisVersion() },
    ...packages(),
    { of: "Machine", version: `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${memory()}` },
    { of: "System", version: `${platform()} ${release()}, ${arch()}` },
  ];
}

const memory = () => `${Math.round(totalmem() / 2 ** 30)} GB`;
const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }).trim();

function commit(): string {
  try {
    const changed = git("status", "--porcelain").split("\n").filter(Boolean).length;
    return `${git("rev-parse", "--short=12", "HEAD")}${changed > 0 ? `, and ${changed} files that are not committed` : ""}`;
  } catch {
    return "not in a git working copy";
  }
}

async function postgresVersion(): Promise<string> {
  if (!postgres.available) return `none: ${postgres.reason}`;
  const client = new pg.Client({ connectionString: postgres.url });
  try {
    await client.connect();
    return (await client.query<{ server_version: string }>("SHOW server_version")).rows[0]?.server_version ?? "unknown";
  } catch (error) {
    return `cannot be asked: ${String(error)}`;
  } finally {
    await client.end().catch(() => {});
  }
}

function redisVersion(): string {
  if (!redis.available) return `none: ${redis.reason}`;
  try {
    return execFileSync(redis.server, ["--version"], { encoding: "utf8" }).match(/v=(\S+)/)?.[1] ?? "unknown";
  } catch (error) {
    return `cannot be asked: ${String(error)}`;
  }
}

/** As the workspace pins them. */
function packages(): Version[] {
  const catalog = readFileSync(`${ROOT}pnpm-workspace.yaml`, "utf8");
  return PACKAGES.flatMap((name) => {
    const pinned = catalog.match(new RegExp(`^\\s+["']?${name}["']?:\\s*["']?([^"'\\s]+)`, "m"));
    return pinned?.[1] ? [{ of: name, version: pinned[1] }] : [];
  });
}
