import type { ConflictId, Resolution } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { failureWords } from "../../common/failure-words.ts";
import { resolutionWords, words } from "./words.ts";

const resolutions = Object.keys(resolutionWords) as Resolution[];

/** One tap says how it ended. Whoever was second is told so. */
export function SettleConflict({ id }: { id: ConflictId }) {
  const utils = trpc.useUtils();
  const settle = trpc.conflict.settle.useMutation({ onSuccess: () => utils.conflict.list.invalidate() });
  const problem = settle.error ? failureWords(settle.error) : settle.data?.settled === false && words.faster;

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-semibold">{words.how}</legend>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        {resolutions.map((resolution) => (
          <div key={resolution} className="grid content-start gap-1">
            <Button
              busy={settle.isPending}
              aria-describedby={`${id}-${resolution}`}
              onClick={() => settle.mutate({ id, resolution })}
            >
              {resolutionWords[resolution].act}
            </Button>
            <p id={`${id}-${resolution}`} className="text-sm text-ink-soft">
              {resolutionWords[resolution].hint}
            </p>
          </div>
        ))}
      </div>
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
    </fieldset>
  );
}
