import { webHashing } from "@tessera/domain/qr/hashing";
import { expect, it } from "vitest";
import { nodeHashing } from "./node-hashing.ts";

const bytes = (length: number) => Uint8Array.from({ length }, (_, n) => (n * 37) % 256);

it.each([0, 12, 16, 64, 1_000])("Node's hashes of %i bytes are the web's", async (length) => {
  expect(await nodeHashing.sha256(bytes(length))).toEqual(await webHashing.sha256(bytes(length)));
  const [ours, theirs] = await Promise.all([nodeHashing.hmacSha256(bytes(32)), webHashing.hmacSha256(bytes(32))]);
  expect(await ours(bytes(length))).toEqual(await theirs(bytes(length)));
});

it("takes a key of any length", async () => {
  const key = bytes(100); // longer than the hash takes at a time
  const [ours, theirs] = await Promise.all([nodeHashing.hmacSha256(key), webHashing.hmacSha256(key)]);
  expect(await ours(bytes(16))).toEqual(await theirs(bytes(16)));
});
