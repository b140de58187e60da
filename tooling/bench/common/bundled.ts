import { fileURLToPath } from "node:url";
import { build } from "tsdown";

/** What every server here takes from its package as it was published; our own sources are built in, as in a deployment. */
const PUBLISHED = [/^@trpc\//, /^(express|pino|socket\.io|socket\.io-4-6|ws|zod)(\/|$)/];

/**
 * Builds servers of the bench with what builds the product. Run from TypeScript they would be slower: the loader that makes
 * it possible names every closure anew each time it is made.
 *
 * @param files Of TypeScript.
 * @returns Where they are now, in the same order.
 */
export async function bundled(files: readonly URL[]): Promise<URL[]> {
  const outDir = new URL("../dist/", import.meta.url);
  const names = files.map(({ pathname }) => pathname.slice(pathname.lastIndexOf("/") + 1, -".ts".length));
  await build({
    entry: Object.fromEntries(names.map((name, index) => [name, fileURLToPath(files[index] as URL)])),
    outDir: fileURLToPath(outDir),
    config: false,
    format: "esm",
    platform: "node",
    target: "node20",
    dts: false,
    clean: false,
    logLevel: "error",
    external: PUBLISHED,
    noExternal: (id) => !PUBLISHED.some((published) => published.test(id)),
  });
  return names.map((name) => new URL(`${name}.mjs`, outDir));
}
