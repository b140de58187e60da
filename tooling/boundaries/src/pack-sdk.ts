import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../launch/paths.mjs";
import { pnpm } from "../../launch/pnpm.mjs";
import { turbo } from "../../launch/turbo.mjs";

export const sdkFolder = join(root, "packages/sdk");

/** The SDK as a consumer would download it: built, then packed into a tarball. */
export async function packSdk(): Promise<Uint8Array<ArrayBuffer>> {
  const built = await turbo(["build", "--filter=@tessera/sdk"]);
  if (built.code !== 0) throw new Error(`The SDK does not build:\n${built.output}`);

  const folder = mkdtempSync(join(tmpdir(), "tessera-sdk-"));
  try {
    const packed = await pnpm(["pack", "--pack-destination", folder], { cwd: sdkFolder });
    const [tarball] = readdirSync(folder);
    if (packed.code !== 0 || tarball === undefined) throw new Error(`The SDK does not pack:\n${packed.output}`);
    return new Uint8Array(readFileSync(join(folder, tarball))); // a copy: its `buffer` holds nothing else
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
