import type { RedemptionOutcome } from "@tessera/contracts";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import { keyOf, type ModelNews } from "@tessera/domain/redemption/model/state";
import type { Invariant } from "../referee/violation.ts";
import { codeOf, type Glance, type Habits, honest } from "../world/habits.ts";

/** One planted bug, and the promises that it breaks: the simulation must name one of them. */
export interface Plant {
  says: string;
  habits: Habits;
  breaks: readonly Invariant[];
}

/**
 * Writes by what was read before the wait: while the model decides, the code looks as it did then. Whatever the model
 * does to it goes on top of that, as a plain write after a read would.
 */
async function byGlance(
  model: Parameters<Habits["redeem"]>[0],
  scan: AdmittedScan,
  glance: Partial<Glance> | null,
): Promise<RedemptionOutcome> {
  const code = codeOf(model, scan.lookup);
  if (code && glance) Object.assign(code, glance);
  return model.ledger.redeem(scan);
}

/** The last number that a relay by position has seen, by outbox. */
const cursors = new WeakMap<readonly ModelNews[], number>();

/** Tells what the bus brings, whatever is missing before it. */
const trusting: Habits["follow"] = async function* (journal, arrivals, seen) {
  let last = seen;
  for (const event of await journal.since(seen, 500)) {
    last = event.seq;
    yield event;
  }
  for await (const { events } of arrivals) {
    for (const event of events) {
      if (event.seq <= last) continue;
      last = event.seq;
      yield event;
    }
  }
};

/** Every one changes one habit. */
export const plants: Readonly<Record<string, Plant>> = {
  "blind ledger": {
    says: "reads the code, waits, and writes what it read",
    breaks: ["I1 uses", "I10 verdict"],
    habits: {
      ...honest,
      redeem: (model, scan, glance) => byGlance(model, scan, glance && { uses: glance.uses }),
    },
  },
  "late cancellation": {
    says: "judges a cancelled code by what it read before the wait",
    breaks: ["I9 revoked", "I10 verdict"],
    habits: {
      ...honest,
      redeem: (model, scan, glance) => byGlance(model, scan, glance && { invalidatedAt: glance.invalidatedAt }),
    },
  },
  "lease ignored": {
    says: "lets any desk redeem a code that is kept for another",
    breaks: ["I10 verdict", "I11 offline"],
    habits: {
      ...honest,
      async redeem(model, scan) {
        const code = codeOf(model, scan.lookup);
        const lease = code?.lease ?? null;
        if (code) code.lease = null;
        const outcome = await model.ledger.redeem(scan);
        if (code) code.lease = lease;
        return outcome;
      },
    },
  },
  "conflict counted": {
    says: "takes a use for a scan whose code was used up, because the thing is out anyway",
    breaks: ["I1 uses", "I10 verdict", "I11 offline"],
    habits: {
      ...honest,
      judge(model, device, scans) {
        for (const { offlineId, scanId } of scans) {
          const code = model.state.byOfflineId.get(keyOf(Buffer.from(offlineId, "base64url")));
          if (code && !model.state.scans.has(scanId) && code.uses >= code.maxUses) code.uses = code.maxUses - 1;
        }
        return model.handIns.judge(device, scans);
      },
    },
  },
  "withdrawn scan doubted": {
    says: "takes a scan that was withdrawn and is handed in again for a changed story",
    breaks: ["I11 offline", "I14 liveness"],
    habits: {
      ...honest,
      async judge(model, device, scans) {
        const known = model.state.devices.get(device);
        const isDoubted = scans.some(({ seq, scanId }) => {
          const before = model.state.scans.get(scanId);
          return known?.told.has(seq) && before?.fingerprint === null;
        });
        return isDoubted
          ? { kind: "quarantined", at: new Date(model.state.now()).toISOString() }
          : model.handIns.judge(device, scans);
      },
    },
  },
  "scan id replaced": {
    says: "decides each attempt under an id of its own",
    breaks: ["I3 lost yes", "I4 two answers", "I5 unjustified no"],
    habits: { ...honest, admit: (scan, newId) => ({ ...scan, scanId: newId() as AdmittedScan["scanId"] }) },
  },
  "news after the commit": {
    says: "writes news in a commit of its own",
    breaks: ["I6 journal", "I7 subscriber", "I12 untold"],
    habits: { ...honest, tellsWithChange: false },
  },
  "relay by position": {
    says: "takes what has a higher number than the last it saw",
    breaks: ["I6 journal", "I12 untold", "I14 liveness"],
    habits: {
      ...honest,
      relay(model, limit, numbers) {
        const { outbox } = model.state;
        const last = cursors.get(outbox) ?? 0;
        const numberOf = (news: ModelNews) => numbers.get(news) ?? 0;
        for (const news of outbox.filter((one) => numberOf(one) <= last)) outbox.splice(outbox.indexOf(news), 1);
        const moved = outbox.slice(0, limit).map(numberOf);
        cursors.set(outbox, Math.max(last, ...moved));
        return model.relay(limit);
      },
    },
  },
  "use given back": {
    says: "makes a code usable again when its redemption is taken back",
    breaks: ["I1 uses"],
    habits: {
      ...honest,
      async undo(model, request) {
        const outcome = await model.records.undo(request);
        const undone = model.state.redemptions.find((one) => one.scanId === request.scanId);
        if (outcome.kind === "undone" && undone && undone.code.uses > 0) undone.code.uses--;
        return outcome;
      },
    },
  },
  "clock of the process": {
    says: "judges windows by the clock of the process that asks",
    breaks: ["I10 verdict"],
    habits: { ...honest, clockOff: (node) => node },
  },
  "no lock, no answer": {
    says: "refuses when Redis does not answer",
    breaks: ["I14 liveness"],
    habits: { ...honest, goesOnWithoutLock: false },
  },
  "tenants mixed": {
    says: "looks codes up in the other tenant's rooms",
    breaks: ["I8 tenancy", "I3 lost yes", "I4 two answers", "I10 verdict"],
    habits: { ...honest, keepsTenantsApart: false },
  },
  "busy told as used": {
    says: "tells whoever waited too long that the code is used",
    breaks: ["I5 unjustified no", "I4 two answers"],
    habits: { ...honest, tellsBusy: false },
  },
  "gap not filled": {
    says: "a listener trusts the bus and never reads the journal again",
    breaks: ["I7 subscriber"],
    habits: { ...honest, follow: trusting },
  },
  "deleted before its verdict": {
    says: "a desk deletes a scan when it has sent it",
    breaks: ["I11 offline", "I14 liveness"],
    habits: { ...honest, keepsUntilVerdict: false },
  },
};
