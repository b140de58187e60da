import { guestActs, type RequestAct, type RequestState, requestStates, staffActs } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { actsAt, judgeMove, type RequestFacts, reopenUntil, stateAt } from "./request-moves.ts";

const NOON = new Date("2026-11-25T12:00:00Z");
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

const request = (state: RequestState, given: Partial<RequestFacts> = {}): RequestFacts => {
  const wasDone = state === "done" || state === "confirmed";
  return {
    state,
    expiresAt: after(240),
    doneAt: wasDone ? NOON : null,
    confirmBy: wasDone ? after(30) : null,
    ...given,
  };
};

/** Everything that leads somewhere; all else is refused. */
const ALLOWED: Partial<Record<RequestState, Partial<Record<RequestAct, RequestState>>>> = {
  received: { accept: "accepted", start: "in_progress", decline: "declined", note: "received", cancel: "cancelled" },
  accepted: { start: "in_progress", finish: "done", decline: "declined", note: "accepted", cancel: "cancelled" },
  in_progress: { finish: "done", decline: "declined", note: "in_progress" },
  done: { confirm: "confirmed", rate: "done", reopen: "received", note: "done" },
  confirmed: { rate: "confirmed", reopen: "received" },
};
const MOVES = ["accept", "start", "finish", "decline", "note", "cancel", "confirm", "rate", "reopen"] as const;

describe("a request", () => {
  it.each(requestStates.flatMap((state) => MOVES.map((act) => [state, act] as const)))(
    "that is %s answers to %s as the table says",
    (state, act) => {
      const to = ALLOWED[state]?.[act];
      const expected = to ? { to } : { refusal: { because: "wrong_state", state } };
      expect(judgeMove(request(state), act, after(1))).toEqual(expected);
    },
  );

  it("expires when nobody accepts it in time, and not once somebody has", () => {
    expect(stateAt(request("received"), after(239))).toBe("received");
    expect(stateAt(request("received"), after(240))).toBe("expired");
    expect(stateAt(request("accepted"), after(1_000))).toBe("accepted");
    expect(judgeMove(request("received"), "accept", after(240))).toEqual({
      refusal: { because: "wrong_state", state: "expired" },
    });
  });

  it("is confirmed by time when the guest does not do it", () => {
    expect(stateAt(request("done"), after(29))).toBe("done");
    expect(stateAt(request("done"), after(30))).toBe("confirmed");
  });

  it("can be opened again for fifteen minutes after it was done, and not later", () => {
    expect(reopenUntil(request("done"))).toEqual(after(15));
    expect(reopenUntil(request("received"))).toBeNull();
    expect(judgeMove(request("done"), "reopen", after(14))).toEqual({ to: "received" });
    expect(judgeMove(request("done"), "reopen", after(15))).toEqual({ refusal: { because: "too_late" } });
  });

  it("says to each what they can do, and nothing that is the other's", () => {
    expect(actsAt(request("received"), "guest", NOON)).toEqual(["cancel"]);
    expect(actsAt(request("received"), "staff", NOON)).toEqual(["accept", "start", "decline", "note"]);
    expect(actsAt(request("done"), "guest", after(1))).toEqual(["confirm", "rate", "reopen"]);
    expect(actsAt(request("done"), "guest", after(20))).toEqual(["confirm", "rate"]);
    for (const state of requestStates) {
      expect(staffActs).toEqual(expect.arrayContaining(actsAt(request(state), "staff", NOON)));
      expect(guestActs).toEqual(expect.arrayContaining(actsAt(request(state), "guest", NOON)));
    }
  });
});
