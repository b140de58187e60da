import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measured, measured } from "../../common/load.ts";
import type { House } from "../house.ts";

const DEBIAN = "/usr/lib/postgresql";

/** @returns The program, or null where it is not installed. */
export function findPgbench(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, "bin")) : [];
  const folders = [...(process.env.PATH ?? "").split(":"), ...versions];
  return folders.map((folder) => join(folder, "pgbench")).find((file) => existsSync(file)) ?? null;
}

/** The product's statement with one scan, as its ledger would send a scan that comes alone. */
const statement = ({ tenantId, deviceId }: House, perClient: number) => `\\set i :i + 1
\\set n :client_id * ${perClient} + :i - 1
SELECT * FROM redeem_codes('${tenantId}', ARRAY[gen_random_uuid()], ARRAY[sha256(int4send(:n::int))],
  ARRAY[sha256(int4send(:n::int))], ARRAY['camera'], ARRAY[NULL]::uuid[], ARRAY['${deviceId}']::uuid[],
  ARRAY[NULL]::bigint[], ARRAY[NULL]::timestamptz[]);
`;

/**
 * The limit of one statement at a time: no Node, no HTTP, prepared statements over a local connection. The house has been
 * refilled by number.
 *
 * @param pgbench The program.
 * @param url The database, as the product's own login: row security holds.
 * @param count How many redemptions; rounded down to a multiple of `clients`.
 * @param clients How many connections, each with one statement under way.
 */
export async function runPgbench(
  pgbench: string,
  url: string,
  house: House,
  count: number,
  clients: number,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-pgbench-"));
  try {
    const perClient = Math.floor(count / clients);
    const script = join(folder, "redeem.sql");
    writeFileSync(script, statement(house, perClient));
    const args = ["-n", "-M", "prepared", "-c", clients, "-j", Math.min(clients, 2), "-t", perClient, "-D", "i=0"];
    const log = ["-l", "--log-prefix", join(folder, "log")];
    const said = await run(pgbench, [...args, "-f", script, ...log, url].map(String));
    const perSecond = Number(said.match(/tps = ([\d.]+)/)?.[1]);
    const took = Float64Array.from(latencies(folder));
    if (took.length !== perClient * clients)
      throw new Error(`pgbench did ${took.length} of ${perClient * clients}: ${said}`);
    return { ...measured(took, 1), perSecond };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds: the third field of each line is microseconds. */
const latencies = (folder: string): number[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith("log"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line) => Number(line.split(" ")[2]) / 1_000);

function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        said += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(said))));
  });
}
