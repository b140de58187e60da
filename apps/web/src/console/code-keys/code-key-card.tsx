import type { CodeKey, KeyState } from "@tessera/contracts";
import { Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../../common/use-speech.ts";
import { RevokeCodeKey } from "./revoke-code-key.tsx";
import { RotateCodeKey } from "./rotate-code-key.tsx";
import { stateWords, words } from "./words.ts";

const looks: Record<KeyState, string> = {
  next: "bg-info-wash text-ink",
  active: "bg-ok text-ok-ink",
  retiring: "bg-wait text-wait-ink",
  retired: "bg-sunken text-ink",
  revoked: "bg-no text-no-ink",
};

/** One key that signs codes, has signed some, or will. */
export function CodeKeyCard({ codeKey, onRotated }: { codeKey: CodeKey; onRotated: (words: string) => void }) {
  const [open, setOpen] = useState<"rotate" | "revoke" | null>(null);
  const speech = useSpeech();
  const { keyId, state, since, verifiesUntil } = codeKey;
  const close = () => setOpen(null);

  return (
    <article
      data-state={state}
      className="flex flex-wrap items-center justify-between gap-4 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      <div className="grid grid-cols-1 gap-1.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lg font-semibold">{words.name(keyId)}</h2>
          <span className={`px-2.5 py-0.5 text-sm font-bold ${looks[state]}`}>{stateWords[state]}</span>
          <span className="text-sm text-ink-soft">{words.since(shortMoment(since, speech))}</span>
        </div>
        {verifiesUntil && <p className="text-sm">{words.until(shortMoment(verifiesUntil, speech))}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {state === "active" && <Button onClick={() => setOpen("rotate")}>{words.rotate}</Button>}
        {(state === "active" || state === "retiring") && (
          <Button onClick={() => setOpen("revoke")}>{words.revoke}</Button>
        )}
      </div>
      {open === "rotate" && (
        <RotateCodeKey
          from={keyId}
          onClose={close}
          onRotated={(told) => {
            close();
            onRotated(told);
          }}
        />
      )}
      {open === "revoke" && <RevokeCodeKey keyId={keyId} onClose={close} />}
    </article>
  );
}
