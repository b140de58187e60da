import type { CodeKeys } from "@tessera/domain/qr/keys";
import type { CodeTools } from "@tessera/domain/redemption/code-tools";
import { marks, type Tenant } from "./tenants.ts";

/** The port with cheap stand-ins for both hashes: one way is of no use where nobody steals the database. */
export const codeKeysOfThisWorld: CodeKeys = {
  lookupOf: async (secretPart) => mixed(secretPart, 11),
  offlineIdOf: async (secretPart) => mixed(secretPart, 97),
  stepSecretOf: () => Promise.reject(new Error("no code of this world rotates")),
};

function mixed(secretPart: Uint8Array, salt: number): Uint8Array<ArrayBuffer> {
  const name = new Uint8Array(32);
  for (let at = 0; at < 32; at++) name[at] = (secretPart[at % secretPart.length] ?? 0) ^ (at * 37 + salt);
  return name;
}

/** Codes here are compact, so nobody signs; a text that says it is signed finds no key. */
export const codeToolsOf = ({ mark, policy }: Tenant): CodeTools => ({
  keys: codeKeysOfThisWorld,
  choices: async () => ({ codeKind: "compact", offlinePolicy: policy, tenantNumber: marks.indexOf(mark) + 1 }),
  ring: async () => new Map(),
  signer: () => Promise.reject(new Error("no code of this world is signed")),
});
