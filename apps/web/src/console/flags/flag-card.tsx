import type { FlagDecision, FlagKey } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useFlag } from "../../live/flags.ts";
import { KillDialog } from "./kill-dialog.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { about, reasons, words } from "./words.ts";

/** One flag: what it does, how it stands and why, and the two acts. */
export function FlagCard({ flagKey }: { flagKey: FlagKey }) {
  const flag = useFlag(flagKey);
  if (flag.isPending) return <Skeleton className="h-40 rounded-card" label={words.loading} />;
  if (flag.isError) return <ErrorNote error={flag.error} onRetry={() => void flag.refetch()} />;
  return <Decided decision={flag.data} />;
}

function Decided({ decision }: { decision: FlagDecision }) {
  const { key, value, reason, revision } = decision;
  const [open, setOpen] = useState<"kill" | "restore" | null>(null);
  const close = () => setOpen(null);

  return (
    <article className="flex flex-wrap items-start justify-between gap-6 rounded-card border border-line bg-surface p-5">
      <div className="grid min-w-0 grid-cols-1 gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 font-mono text-base font-semibold">{key}</h2>
          <span className={`px-2.5 py-0.5 text-sm font-bold ${value ? "bg-ok text-ok-ink" : "bg-no text-no-ink"}`}>
            {value ? words.on : words.off}
          </span>
        </div>
        <p>{about[key].what}</p>
        <dl className="grid grid-cols-1 gap-x-4 sm:grid-cols-[auto_minmax(0,1fr)] gap-y-1 text-sm">
          <dt className="text-ink-soft">{words.decision}</dt>
          <dd>{reasons[reason]}</dd>
          <dt className="text-ink-soft">{words.revision}</dt>
          <dd>{revision}</dd>
        </dl>
      </div>
      {reason === "KILLED" ? (
        <Button onClick={() => setOpen("restore")}>{words.restore}</Button>
      ) : (
        <Button look="danger" onClick={() => setOpen("kill")}>
          {words.kill}
        </Button>
      )}
      {open === "kill" && <KillDialog flagKey={key} onClose={close} />}
      {open === "restore" && <RestoreDialog flagKey={key} onClose={close} />}
    </article>
  );
}
