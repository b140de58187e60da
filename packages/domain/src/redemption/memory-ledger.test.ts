import type { CodeId, DeviceId, MemberId, ResourceId } from "@tessera/contracts";
import { ledgerSuite } from "./ledger.suite.ts";
import { keyOf, memoryLedger } from "./memory-ledger.ts";

ledgerSuite("the ledger in memory", async () => {
  const ledger = memoryLedger({
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    deskName: () => "Front desk",
  });
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);

  return {
    ledger,
    desk: crypto.randomUUID() as DeviceId,
    async addCode({ purpose = "check_out", resource, maxUses = 1, opensIn = -60, endsIn = 600, revoked = false }) {
      const lookup = crypto.getRandomValues(new Uint8Array(32));
      ledger.codes.set(keyOf(lookup), {
        id: crypto.randomUUID() as CodeId,
        lookup,
        purpose,
        holder: { id: "member" as MemberId, name: "Member" },
        resource: { id: resource as ResourceId, name: resource, loanMinutes: 60 },
        uses: 0,
        maxUses,
        opensAt: inSeconds(opensIn),
        expiresAt: inSeconds(endsIn),
        invalidatedAt: revoked ? inSeconds(0) : null,
      });
      return lookup;
    },
    async redemptionsOf(lookup) {
      const id = ledger.codes.get(keyOf(lookup))?.id;
      return ledger.redemptions.filter((redeemed) => redeemed.codeId === id).length;
    },
    async close() {},
  };
});
