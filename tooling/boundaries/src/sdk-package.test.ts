import { type CheckResult, checkPackage, createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { packSdk } from "./pack-sdk.ts";
import { inwardMentions, publishedTypes, sizeOf } from "./published-types.ts";

/** For what a consumer can call: names, shapes and the comments beside them. It grows with the calls, not with the server. */
const BYTES_PER_CALL = 1_600;
const HOME = "/node_modules/@tessera/sdk";

/** Deliberate: the SDK is published as ES modules only, for compilers that read `exports`. */
const ESM_CONSUMERS = ["node16-esm", "bundler"] as const;

describe("the SDK as it is published", () => {
  let tarball: Uint8Array<ArrayBuffer>;
  let sdk: Package;
  let manifest: { name: string; exports: Record<string, { types: string }> };

  beforeAll(async () => {
    tarball = await packSdk();
    sdk = createPackageFromTarballData(tarball);
    manifest = JSON.parse(sdk.readFile(`${HOME}/package.json`));
  }, 300_000);

  it("has nothing for publint to say", async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, level: "warning" });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it("has right types for every consumer that knows ES modules", async () => {
    const result: CheckResult = await checkPackage(sdk);
    if (!result.types) throw new Error("No types were packed.");

    const problems = result.problems.filter((problem) =>
      ESM_CONSUMERS.some((kind) => problemAffectsResolutionKind(problem, kind, result)),
    );
    expect(problems).toEqual([]);
    expect(Object.keys(result.entrypoints)).toEqual(Object.keys(manifest.exports));
  });

  it("asks a consumer's compiler to read less than 1.6 kB for each call there is", () => {
    const types = typesOf(".");
    const calls = [...types.values()].join("\n").match(/TRPC(Query|Mutation|Subscription)Procedure</g) ?? [];
    expect(calls.length).toBeGreaterThan(20);
    expect(sizeOf(types)).toBeLessThan(calls.length * BYTES_PER_CALL);
  });

  it("names nothing that only the server has", () => {
    expect(Object.keys(manifest.exports).flatMap((entry) => inwardMentions(typesOf(entry)))).toEqual([]);
  });

  function typesOf(entry: string) {
    return publishedTypes(sdk, `${HOME}/${(manifest.exports[entry]?.types ?? "").replace("./", "")}`);
  }
});
