import type { ApiKey } from "@tessera/contracts";
import { age, Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../../common/use-speech.ts";
import { RevokeKey } from "./revoke-key.tsx";
import { RotateKey } from "./rotate-key.tsx";
import { scopeWords, words } from "./words.ts";

/** One key: what it may do, when it was used, and how it ends. */
export function KeyCard({ apiKey }: { apiKey: ApiKey }) {
  const [open, setOpen] = useState<"rotate" | "revoke" | null>(null);
  const speech = useSpeech();
  const close = () => setOpen(null);
  const { name, prefix, scopes, createdAt, lastUsedAt, oldUntil } = apiKey;
  const ended = endOf(apiKey, speech.now);
  const when = (at: string) => shortMoment(at, speech);

  return (
    <article
      className={`grid grid-cols-1 gap-4 rounded-card border border-line p-4 sm:p-5 ${ended ? "bg-paper" : "bg-surface"}`}
    >
      <div className="grid grid-cols-1 gap-1.5">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="min-w-0 text-lg font-semibold [overflow-wrap:anywhere]">{name}</h2>
          <span className="font-mono text-sm text-ink-soft">{prefix}…</span>
        </div>
        <p className="text-sm text-ink-soft">
          {words.created(when(createdAt))},{" "}
          {lastUsedAt ? words.used(age(new Date(lastUsedAt), speech)) : words.neverUsed}
        </p>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {scopes.length === 0 && <li>{words.mayNothing}</li>}
          {scopes.map((scope) => (
            <li key={scope}>{scopeWords[scope]}</li>
          ))}
        </ul>
        {ended && (
          <p className="font-semibold text-no">
            {ended.is === "revoked" ? words.revokedAt(when(ended.at)) : words.ended(when(ended.at))}
          </p>
        )}
        {!ended && apiKey.expiresAt && <p className="text-sm">{words.endsAt(when(apiKey.expiresAt))}</p>}
        {!ended && oldUntil && new Date(oldUntil) > speech.now && (
          <p className="text-sm">{words.oldUntil(when(oldUntil))}</p>
        )}
      </div>
      {!ended && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen("rotate")}>{words.rotate}</Button>
          <Button onClick={() => setOpen("revoke")}>{words.revoke}</Button>
        </div>
      )}
      {open === "rotate" && <RotateKey apiKey={apiKey} onClose={close} />}
      {open === "revoke" && <RevokeKey apiKey={apiKey} onClose={close} />}
    </article>
  );
}

function endOf({ revokedAt, expiresAt }: ApiKey, now: Date): { is: "revoked" | "over"; at: string } | null {
  if (revokedAt) return { is: "revoked", at: revokedAt };
  return expiresAt && new Date(expiresAt) <= now ? { is: "over", at: expiresAt } : null;
}
