import type { Failpoint } from "./messages.ts";
import type { Patch } from "./patched-server.ts";

const pass = (point: Failpoint) => `globalThis.__failpoint?.("${point}");`;

const LOCK = "const held = await lockFor(key);\n";
const CALL =
  "const { rows } = await hot.query({\n\t\t\t...REDEEM,\n\t\t\tvalues: [scope, ...columnsOf(scans)]\n\t\t});\n";
const HOLD = "return guard.hold(guardKeyOf(tenantId, lookup), () => ledger.redeem(admitted));";
const RELAY = "const { rows } = await hot.query({\n\t\t\t\t...RELAY,\n\t\t\t\tvalues\n\t\t\t});\n";

/**
 * Where an API process can be stopped. One place for all of them, since they must fit the text of the built server: a
 * build that they do not fit fails loudly in `patchedServer`.
 */
export const failpointPatches: readonly Patch[] = [
  { find: LOCK, replace: `${LOCK}${pass("after-lock")}\n` },
  { find: CALL, replace: `${pass("before-sql")}\n${CALL}${pass("after-commit")}\n` },
  {
    find: HOLD,
    replace: `${HOLD.replace("return", "const outcome = await")}\n${pass("before-reply")}\nreturn outcome;`,
  },
  { find: RELAY, replace: `${pass("relay-number")}\n${RELAY}if (rows.length > 0) ${pass("relay-publish")}\n` },
];
