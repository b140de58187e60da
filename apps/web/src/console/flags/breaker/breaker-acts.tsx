import { type Breaker, flagRefusals } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { useId, useState } from "react";
import { useSpeech } from "../../../common/use-speech.ts";
import { ActDialog } from "../act-dialog.tsx";
import { retryAt } from "./breaker-words.ts";
import { words } from "./words.ts";

/** A new try with few, or closed on one's own word. Nothing to do while it is closed. */
export function BreakerActs({ breaker }: { breaker: Breaker }) {
  const utils = trpc.useUtils();
  const speech = useSpeech();
  const waits = useId();
  const [chosen, setChosen] = useState<"retry" | "close" | null>(null);
  const { mutateAsync } = trpc.flag.breaker.act.useMutation();
  if (breaker.now.state === "closed") return null;

  const act = async (because: string) => {
    if (!chosen) return null;
    const done = await mutateAsync({ key: breaker.key, act: chosen, because });
    await utils.flag.invalidate();
    return done.kind === "refused" ? flagRefusals[done.reason] : null;
  };
  const retry = retryAt(breaker, speech);
  const close = () => setChosen(null);

  return (
    <div className="grid justify-items-start gap-3">
      <div className="flex flex-wrap gap-3">
        {retry && (
          <Button
            look="primary"
            disabled={!retry.isOpen}
            aria-describedby={retry.isOpen ? undefined : waits}
            onClick={() => setChosen("retry")}
          >
            {words.retry}
          </Button>
        )}
        <Button onClick={() => setChosen("close")}>{words.close}</Button>
      </div>
      {retry && !retry.isOpen && (
        <p id={waits} className="text-sm text-ink-soft">
          {words.retryFrom(shortMoment(retry.from, speech))}
        </p>
      )}
      {chosen === "retry" && (
        <ActDialog title={words.retryTitle} submit={words.retryNow} act={act} onClose={close}>
          <p>{words.retrySays}</p>
        </ActDialog>
      )}
      {chosen === "close" && (
        <ActDialog
          title={words.closeTitle}
          submit={words.closeNow}
          look="danger"
          typed={breaker.key}
          act={act}
          onClose={close}
        >
          <p className="font-medium">{words.closeSays}</p>
          <p>{words.closeUndo}</p>
        </ActDialog>
      )}
    </div>
  );
}
