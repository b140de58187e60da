import type { ScanId } from "@tessera/contracts";
import { ledgerSuite, limitSuite } from "@tessera/domain/redemption/ledger.suite";
import { recordsSuite } from "@tessera/domain/redemption/records.suite";
import { expect, it } from "vitest";
import { embeddedForTest } from "../testing.ts";
import { ledgerWorld } from "../testing-ledger.ts";

const open = async () => ledgerWorld(await embeddedForTest());
ledgerSuite("the ledger on the embedded database", open);
limitSuite("the ledger on the embedded database", open);
recordsSuite("the ledger on the embedded database", open);

it("tells of a use that was given back with the version the code still has", async () => {
  const database = await embeddedForTest();
  const { addCode, ledger, desk, close } = await ledgerWorld(database);
  for (const lookup of [await addCode({ resource: "Tent" }), await addCode({ resource: "Tent" })]) {
    const fingerprint = new Uint8Array(32);
    const scanId = crypto.randomUUID() as ScanId;
    await ledger.redeem({ scanId, lookup, fingerprint, source: "camera", by: { deviceId: desk, memberId: null } });
  }
  const { rows } = await database.hot.query(
    `SELECT o.type, (o.entity_version - c.version)::int AS ahead
       FROM outbox o JOIN qr_codes c ON c.id = o.entity_id ORDER BY o.id`,
  );
  expect(rows).toEqual([
    { type: "code.redeemed", ahead: 0 },
    { type: "code.refused", ahead: 0 },
  ]);
  await close();
});
