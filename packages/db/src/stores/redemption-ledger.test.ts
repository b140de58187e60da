import { ledgerSuite } from "@tessera/domain/redemption/ledger.suite";
import { embeddedForTest } from "../testing.ts";
import { ledgerWorld } from "../testing-ledger.ts";

ledgerSuite("the ledger on the embedded database", async () => ledgerWorld(await embeddedForTest()));
