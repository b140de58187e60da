import type { GuestPlace, GuestRefusalReason, OpenedPlace } from "@tessera/contracts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { FailedCall } from "../common/failure-words.ts";
import { locale } from "../common/use-speech.ts";
import { carry, line } from "./guest-line.ts";
import { heldToken, hold } from "./held-guest.ts";

/** How this page stands at its place. */
export type GuestState =
  | { kind: "opening" }
  | { kind: "here"; guest: GuestPlace }
  | { kind: "over"; because: GuestRefusalReason }
  | Exclude<OpenedPlace, { kind: "opened" }>
  | { kind: "failed"; error: FailedCall | Error };

interface AtPlace {
  state: GuestState;
  /** Opens the place anew: a person says that they are here. */
  begin(): void;
  /** Looks again whether this page is still known. */
  check(): void;
  leave(): void;
}

async function opened(label: string): Promise<GuestState> {
  const answer = await line.client.guest.open.mutate({ label, language: locale() });
  if (answer.kind !== "opened") return answer;
  hold(localStorage, { label, token: answer.token });
  carry(answer.token);
  return { kind: "here", guest: answer.guest };
}

/** A page that was loaded again is who it was; a visit that ended is not begun anew by that alone. */
async function resumed(label: string): Promise<GuestState> {
  const token = heldToken(localStorage, label);
  if (!token) return opened(label);
  const answer = await line.client.guest.resume.mutate({ token });
  if (answer.kind === "here") {
    carry(token);
    return answer;
  }
  carry(null);
  hold(localStorage, null);
  return answer.because === "unknown_label" ? opened(label) : answer;
}

/**
 * @param label The key in the address.
 * @returns Where this page is, and what a person can do about it.
 */
export function useGuest(label: string): AtPlace {
  const [state, setState] = useState<GuestState>({ kind: "opening" });
  const turn = useRef(0);

  const become = useCallback(async (work: () => Promise<GuestState>) => {
    const mine = ++turn.current;
    const next = await work().catch((error): GuestState => ({ kind: "failed", error }));
    if (mine === turn.current) setState(next);
  }, []);

  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return; // opened once, also where effects run twice
    begun.current = true;
    void become(() => resumed(label));
  }, [label, become]);

  return {
    state,
    begin: () => {
      setState({ kind: "opening" });
      void become(() => opened(label));
    },
    check: useCallback(() => void become(() => resumed(label)), [label, become]),
    leave: () =>
      void become(async () => {
        await line.client.guest.leave.mutate();
        carry(null);
        hold(localStorage, null);
        return { kind: "over", because: "left" };
      }),
  };
}
