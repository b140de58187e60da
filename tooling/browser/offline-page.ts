import { CannotDecide } from "../../apps/kiosk/src/offline/cannot-decide.ts";
import { browserClock } from "../../apps/kiosk/src/offline/desk-clock.ts";
import { manifestIntake } from "../../apps/kiosk/src/offline/manifest-intake.ts";
import { offlineLedger } from "../../apps/kiosk/src/offline/offline-ledger.ts";
import { ifNoOtherWindow, oneWindowAtATime } from "../../apps/kiosk/src/offline/one-at-a-time.ts";
import { handedIn } from "../../apps/kiosk/src/offline/outbox-row.ts";
import { deskStore, storeNameOf } from "../../apps/kiosk/src/offline/store.ts";
import { alsoHolding, codeMaker, FRONT_DESK, holding, manifestOf } from "../../apps/kiosk/src/offline/testing.ts";
import type { RedemptionOutcome } from "../../packages/contracts/src/index.ts";
import { toBase64url } from "../../packages/domain/src/qr/base64url.ts";
import type { CodeSeed } from "../../packages/domain/src/redemption/ledger.suite.ts";
import type { AdmittedScan } from "../../packages/domain/src/redemption/ledger.ts";

/** A scan as it crosses into the page: bytes as numbers. */
export interface ScanInPage extends Omit<AdmittedScan, "lookup" | "fingerprint"> {
  lookup: number[];
  fingerprint: number[];
}

/** What a test reaches from outside. */
export interface DeskInPage {
  hold(): Promise<string>;
  addCode(seed: CodeSeed): Promise<number[]>;
  redeem(scan: ScanInPage): Promise<RedemptionOutcome | { cannot: string }>;
  answerOf(scan: ScanInPage): Promise<RedemptionOutcome | null>;
  /** How many scans of one code wait to be handed in. */
  waitingOf(lookup: number[]): Promise<number>;
  /** Leads until `stopLeading`, or says that another window does. */
  lead(): Promise<"leads" | "elsewhere">;
  stopLeading(): void;
}

const name = storeNameOf(FRONT_DESK.deviceId);
const store = deskStore(name);
const clock = browserClock();
const calm = oneWindowAtATime(`${name} decides`);
const ledger = offlineLedger({ store, clock, desk: FRONT_DESK, newId: () => crypto.randomUUID(), calm });
const intake = manifestIntake(store, clock);
const make = codeMaker();
const lead = ifNoOtherWindow(`${name} hands in`);
const inside = ({ lookup, fingerprint, ...scan }: ScanInPage): AdmittedScan => ({
  ...scan,
  lookup: Uint8Array.from(lookup),
  fingerprint: Uint8Array.from(fingerprint),
});
let stopLeading = () => {};

const desk: DeskInPage = {
  hold: async () => holding({ intake }, await manifestOf([], { issuedAt: Date.now() })),
  async addCode({ revoked = false, ...seed }) {
    const code = await make(seed, Date.now());
    await alsoHolding(store, code, revoked);
    return [...code.offlineId];
  },
  redeem: (scan) =>
    ledger.redeem(inside(scan)).catch((error: unknown) => {
      if (error instanceof CannotDecide) return { cannot: error.why };
      throw error;
    }),
  answerOf: (scan) => ledger.answerOf(inside(scan)),
  async waitingOf(lookup) {
    const device = await store.device();
    const rows = await store.read(({ outbox }) => outbox.toArray());
    const scans = await Promise.all(rows.map((row) => handedIn(device, row)));
    const offlineId = toBase64url(Uint8Array.from(lookup));
    return scans.filter((scan) => scan.offlineId === offlineId).length;
  },
  lead: () =>
    new Promise((resolve) => {
      const work = () =>
        new Promise<void>((done) => {
          stopLeading = done;
          resolve("leads");
        });
      lead(work).then((ended) => ended === "elsewhere" && resolve("elsewhere"));
    }),
  stopLeading: () => stopLeading(),
};
Object.assign(globalThis, { desk });
