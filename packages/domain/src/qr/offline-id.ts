import { joinBytes, utf8 } from "./bytes.ts";
import { type Hashing, webHashing } from "./hashing.ts";

const PURPOSE = utf8("tessera/offline/v1");

/**
 * The name of a code that needs no key of the server. One way: only who is shown the code can find its name, and nobody
 * finds the code by it. A kiosk computes it from what it scans, the server when it issues.
 *
 * @param secretPart The code's random bytes: 16 of a compact code, 12 of the other kinds.
 * @param sha256 Whose hash; the web's when left out.
 * @returns SHA-256("tessera/offline/v1" ‖ secret part), 32 bytes.
 */
export async function offlineIdOf(
  secretPart: Uint8Array,
  sha256: Hashing["sha256"] = webHashing.sha256,
): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(joinBytes(PURPOSE, secretPart));
}
