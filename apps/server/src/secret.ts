import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secret of an embedded deployment: made once, kept beside the data, readable by this user only. With it lost, codes
 * that are out and sessions are void; nothing else.
 *
 * @param folder The data folder, which this process holds.
 * @returns 64 hexadecimal characters.
 */
export function secretOf(folder: string): string {
  const file = join(folder, "secret");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    const secret = randomBytes(32).toString("hex");
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: "wx" });
    return secret;
  }
}
