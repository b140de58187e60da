import type { DemoDesk, PairedDevice } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Check } from "lucide-react";
import { pairingFailureWords, unknownCodeWords } from "../pairing/pairing-words.ts";

interface DemoDesksProps {
  desk: PairedDevice;
  demoDesks: readonly DemoDesk[];
  onMove: (desk: PairedDevice) => void;
}

/** One press, and the kiosk is that desk. */
export function DemoDesks({ desk, demoDesks, onMove }: DemoDesksProps) {
  const pair = trpc.device.pair.useMutation({
    onSuccess: (outcome) => outcome.kind === "paired" && onMove(outcome),
  });
  const isThis = (one: DemoDesk) => one.name === desk.name && one.tenant === desk.tenant;
  const problem = pair.data?.kind === "refused" ? unknownCodeWords : pair.error && pairingFailureWords(pair.error);

  return (
    <div className="grid gap-gap">
      <ul className="grid gap-2">
        {demoDesks.map((one) => (
          <li key={one.pairingCode}>
            <button
              type="button"
              aria-current={isThis(one) || undefined}
              disabled={isThis(one) || pair.isPending}
              onClick={() => pair.mutate({ pairingCode: one.pairingCode })}
              className="flex min-h-target w-full items-center gap-gap rounded-control border border-edge bg-surface px-4 py-2 text-left hover:border-ink disabled:border-line"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate text-desk font-bold">{one.name}</span>
                <span className="block truncate text-near text-ink-soft">{one.tenant}</span>
              </span>
              {isThis(one) && (
                <span className="inline-flex items-center gap-2 text-near text-ok">
                  <Check strokeWidth={2.5} aria-hidden className="size-[1.2em]" />
                  Here
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="text-near text-no empty:hidden">
        {problem}
      </p>
    </div>
  );
}
