// The control: what the system that never went live did. Reads, decides, then writes; no guard, no condition.
// Plain JavaScript, so that it runs as a process of its own. Says "ready", waits for a line, tells how many it let through.
import { once } from "node:events";
import pg from "pg";

const [url, scans] = [process.argv[2], Number(process.argv[3])];
const pool = new pg.Pool({ connectionString: url, max: 10 });
await Promise.all(Array.from({ length: 10 }, () => pool.query("SELECT pg_sleep(0.02)")));
process.stdout.write("ready\n");
await once(process.stdin, "data");

const redeem = async () => {
  const { rows } = await pool.query("SELECT used FROM naive_code");
  if (rows[0].used) return false;
  await pool.query("UPDATE naive_code SET used = true");
  await pool.query("INSERT INTO naive_redemption DEFAULT VALUES");
  return true;
};
const outcomes = await Promise.all(Array.from({ length: scans }, redeem));
process.stdout.write(`${outcomes.filter(Boolean).length}\n`);
await pool.end();
process.exit(0);
