import type { CodeKeys } from "@tessera/domain/qr/keys";
import type { CodeTools } from "@tessera/domain/redemption/code-tools";
import { marks, type Tenant } from "./tenants.ts";

/** The port with a cheap stand-in for HMAC-SHA-256: one way is of no use where nobody steals the database. */
export const codeKeysOfThisWorld: CodeKeys = {
  async lookupOf(secretPart) {
    const lookup = new Uint8Array(32);
    for (let at = 0; at < 32; at++) lookup[at] = (secretPart[at % secretPart.length] ?? 0) ^ (at * 37 + 11);
    return lookup;
  },
  stepSecretOf: () => Promise.reject(new Error("no code of this world rotates")),
};

/** Codes here are compact, so nobody signs; a text that says it is signed finds no key. */
export const codeToolsOf = ({ mark, policy }: Tenant): CodeTools => ({
  keys: codeKeysOfThisWorld,
  choices: async () => ({ codeKind: "compact", offlinePolicy: policy, tenantNumber: marks.indexOf(mark) + 1 }),
  ring: async () => new Map(),
  signer: () => Promise.reject(new Error("no code of this world is signed")),
});
