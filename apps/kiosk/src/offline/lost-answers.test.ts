import type { RedemptionOutcome, Scan } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { begun, type DecidingNews, decidingAfter, resumed, type Step, toneOf } from "./deciding.ts";
import { type DeskServer, deskErrands } from "./desk-errands.ts";
import { ifNobodyElse } from "./one-at-a-time.ts";
import { outbox } from "./outbox.ts";
import { sentScans } from "./sent-scans.ts";
import { deskAt, FRONT_DESK, handClock, holding, newScanId } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { type ShownCode, serverModel } from "./testing-server.ts";

/** What a line does to one call. */
type Fault = "none" | "request_lost" | "answer_lost";

/** A desk with its machine, its errands, and a line that a test can spoil. */
async function deskOnABadLine() {
  const clock = handClock();
  const model = serverModel(clock);
  const line: { fault: Fault; late: Scan[] } = { fault: "none", late: [] };
  const spoiled =
    <A, R>(call: (asked: A) => Promise<R>) =>
    async (asked: A): Promise<R> => {
      const { fault } = line;
      if (fault === "request_lost") throw new Error("never arrived");
      const answer = await call(asked);
      if (fault === "answer_lost") throw new Error("arrived, and nobody knows");
      return answer;
    };
  const server: DeskServer = {
    redeem: spoiled(model.server.redeem),
    outcomeOf: spoiled(model.server.outcomeOf),
    undo: spoiled(model.server.undo),
  };
  const desk = deskAt(freshPlace(), clock);
  const shown: ShownCode[] = [];
  for (const resource of ["Drill", "Saw", "Tent"]) shown.push(await model.addCode({ resource, maxUses: 1 }));
  await holding(desk, await model.manifest());
  const sent = sentScans(desk.store, clock.now);
  const handIn = () =>
    outbox({
      store: desk.store,
      clock: clock.now,
      lead: ifNobodyElse(),
      isTurnedAway: () => false,
      chance: () => 1,
    }).handInAll(spoiled(model.send));
  const errands = deskErrands({ server, store: desk.store, sent, ledger: desk.ledger, desk: FRONT_DESK, handIn });

  const scanOf = (index: number): Scan => ({ scanId: newScanId(), text: shown[index]?.text ?? "", source: "camera" });
  /** Runs errands until there is nothing more to do but wait. */
  async function run(from: Step, scan: Scan | null): Promise<Step> {
    let step = from;
    while (step.errand !== null && step.errand !== "wait_for_line" && step.errand !== "scan_afresh") {
      const news = await errands.run(step.errand, step.state, scan);
      step = news ? decidingAfter(step.state, news) : { state: step.state, errand: null };
    }
    return step;
  }
  const after = (step: Step, news: DecidingNews, scan: Scan | null) => run(decidingAfter(step.state, news), scan);
  return { ...model, desk, shown, sent, line, scanOf, run, after, handIn };
}

describe("a scan whose answer was lost", () => {
  it("is asked again under its own id while somebody waits, and is shown once it is known", async () => {
    const { line, run, after, scanOf, world } = await deskOnABadLine();
    const scan = scanOf(0);
    line.fault = "answer_lost";
    const checking = await run(begun(scan.scanId, "up"), scan);
    expect([checking.errand, toneOf(checking.state)]).toEqual(["wait_for_line", "checking"]);

    line.fault = "none";
    const shown = await after(checking, { kind: "line_up" }, scan);
    expect(shown.state).toMatchObject({ kind: "answered", outcome: { kind: "redeemed", replayed: true } });
    expect(world.state.redemptions).toHaveLength(1);
  });

  it("is found out after a restart, without its text", async () => {
    const { line, run, sent, scanOf } = await deskOnABadLine();
    const scan = scanOf(0);
    line.fault = "answer_lost";
    await run(begun(scan.scanId, "up"), scan);

    line.fault = "none";
    const [left] = await sent.unheard();
    expect(left?.scanId).toBe(scan.scanId);
    const found = await run(resumed(scan.scanId, true), null);
    expect(found.state).toMatchObject({ kind: "answered", outcome: { kind: "redeemed" } });
    expect(await sent.unheard()).toEqual([]);
  });

  it.each<[Fault, string]>([
    ["answer_lost", "undone"],
    ["request_lost", "withdrawn"],
  ])(
    "for which nobody waits any more is taken back (%s: %s), so no yes stands that nobody saw",
    async (fault, kind) => {
      const { line, run, after, server, scanOf, world } = await deskOnABadLine();
      const scan = scanOf(0);
      line.fault = fault;
      const checking = await run(begun(scan.scanId, "up"), scan);
      const alone = await after(checking, { kind: "nobody_waits" }, scan);
      expect([alone.state.kind, alone.errand]).toEqual(["giving_up", "wait_for_line"]);

      line.fault = "none";
      const end = await after(alone, { kind: "line_up" }, scan);
      expect(end.state).toMatchObject({ kind: "taken_back", undo: { kind } });
      expect(world.state.openCheckouts.size).toBe(0);

      const late: RedemptionOutcome = await server.redeem(scan); // the request that was on its way all the time
      expect(late.kind === "redeemed" ? late.undoneAt : late.refusal.reason).toEqual(
        kind === "undone" ? expect.any(String) : "withdrawn",
      );
      expect(world.state.openCheckouts.size).toBe(0);
    },
  );
});

describe("the same code while an answer is lost", () => {
  /** The line goes while the code is sent; then the desk decides alone. */
  async function lostThenAlone(fault: Fault) {
    const desk = await deskOnABadLine();
    const scan = desk.scanOf(0);
    desk.line.fault = fault;
    const checking = await desk.run(begun(scan.scanId, "up"), scan);
    const again = desk.scanOf(0);
    const alone = await desk.run(begun(again.scanId, "down"), again);
    return { ...desk, scan, checking, alone };
  }

  it.each<Fault>(["answer_lost", "request_lost"])(
    "is not decided here under a new id (%s), while other codes go on; and nothing conflicts afterwards",
    async (fault) => {
      const { run, after, line, alone, checking, scan, scanOf, handIn, world } = await lostThenAlone(fault);
      expect(alone.state).toMatchObject({ kind: "undecided", why: "in_doubt" });
      expect(toneOf(alone.state)).toBe("look");
      const other = scanOf(1);
      expect(toneOf((await run(begun(other.scanId, "down"), other)).state)).toBe("amber");

      await after(checking, { kind: "nobody_waits" }, scan);
      line.fault = "none";
      await after({ state: { kind: "giving_up", scanId: scan.scanId }, errand: null }, { kind: "line_up" }, scan);
      expect(await handIn()).toEqual({ kind: "done", judged: 1 });
      expect(world.state.conflicts).toEqual([]);
    },
  );

  it("can be decided here once it was withdrawn, and not once it was undone: an undone use stays taken", async () => {
    for (const [fault, tone] of [
      ["request_lost", "amber"],
      ["answer_lost", "no"],
    ] as const) {
      const { run, after, line, scan, scanOf, handIn, world } = await lostThenAlone(fault);
      line.fault = "none";
      await after({ state: { kind: "giving_up", scanId: scan.scanId }, errand: null }, { kind: "line_up" }, scan);
      const next = scanOf(0);
      expect(toneOf((await run(begun(next.scanId, "down"), next)).state), fault).toBe(tone);
      await handIn();
      expect(world.state.conflicts).toEqual([]);
    }
  });

  it("would conflict if the desk decided it: the reason for the rule", async () => {
    const { desk, shown, sent, scan, handIn, world } = await lostThenAlone("answer_lost");
    await desk.store.write(async (tables) => {
      await tables.sent.clear(); // as if the desk had not written down what it sent
      return {};
    });
    expect(await sent.unheard()).toEqual([]);
    const lookup = shown[0]?.code.offlineId ?? new Uint8Array();
    const by = { deviceId: FRONT_DESK.deviceId, memberId: null };
    const again = { scanId: newScanId(), lookup, fingerprint: lookup, source: scan.source, by };
    expect(await desk.ledger.redeem(again)).toMatchObject({ kind: "redeemed" });
    await handIn();
    expect(world.state.conflicts).toHaveLength(1);
  });
});

describe("a held code that the server decides meanwhile", () => {
  it("is not used again here: the desk remembers what the server told it", async () => {
    const { run, scanOf } = await deskOnABadLine();
    const online = scanOf(0);
    await run(begun(online.scanId, "up"), online);
    const alone = scanOf(0);
    const step = await run(begun(alone.scanId, "down"), alone);
    expect(step.state).toMatchObject({ outcome: { refusal: { reason: "already_redeemed" } } });
  });

  it("and that was cancelled, is not accepted here any more", async () => {
    const { run, scanOf, world } = await deskOnABadLine();
    world.invalidateAll();
    const online = scanOf(0);
    await run(begun(online.scanId, "up"), online);
    const alone = scanOf(0);
    const step = await run(begun(alone.scanId, "down"), alone);
    expect(step.state).toMatchObject({ outcome: { refusal: { reason: "revoked" } } });
  });

  it("is handed in first when it was accepted here and is shown again, so the server does not give it twice", async () => {
    const { run, scanOf, line, world } = await deskOnABadLine();
    const alone = scanOf(0);
    expect(toneOf((await run(begun(alone.scanId, "down"), alone)).state)).toBe("amber");

    const again = scanOf(0);
    line.fault = "request_lost";
    const checking = await run(begun(again.scanId, "up"), again);
    expect([checking.state.kind, checking.errand]).toEqual(["at_server", "wait_for_line"]);
    line.fault = "none";
    const known = await run(decidingAfter(checking.state, { kind: "line_up" }), again);
    expect(known.state).toMatchObject({ outcome: { refusal: { reason: "already_redeemed" } } });
    expect(world.state.redemptions.map(({ scanId }) => scanId)).toEqual([alone.scanId]);
    expect(world.state.conflicts).toEqual([]);
  });

  it("gives its thing back here too", async () => {
    const { run, addCode, desk, manifest, scanOf, shown } = await deskOnABadLine();
    shown.push(await addCode({ resource: "Drill", purpose: "check_in" }));
    await holding(desk, await manifest());
    const out = scanOf(0);
    await run(begun(out.scanId, "up"), out);
    const back = scanOf(3);
    expect(toneOf((await run(begun(back.scanId, "down"), back)).state)).toBe("amber");
  });
});

it("leases never conflict: whatever the line does, each held code that was accepted here is redeemed", async () => {
  const faults: Fault[] = ["none", "request_lost", "answer_lost"];
  const lines = ["up", "down"] as const;
  for (const fault of faults) {
    for (const first of lines) {
      for (const second of lines) {
        const { line, run, after, scanOf, handIn, sent, world, desk } = await deskOnABadLine();
        let ambers = 0;
        for (const [index, state] of [
          [0, first],
          [0, second],
          [1, second],
          [1, first],
        ] as const) {
          const scan = scanOf(index);
          line.fault = state === "up" ? fault : "request_lost";
          const step = await run(begun(scan.scanId, state), scan);
          if (toneOf(step.state) === "amber") ambers++;
        }
        line.fault = "none";
        for (const { scanId } of await sent.unheard()) {
          await after({ state: { kind: "giving_up", scanId }, errand: null }, { kind: "line_up" }, null);
        }
        await handIn();
        const verdicts = await desk.store.read(({ history }) => history.toArray());
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array(ambers).fill("redeemed"));
        expect(world.state.conflicts, `${fault}: ${first}, ${second}`).toEqual([]);
      }
    }
  }
});
