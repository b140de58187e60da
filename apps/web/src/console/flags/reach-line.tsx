import { trpc } from "@tessera/sdk/react";
import { Radio } from "lucide-react";
import { reachWords } from "./reach-words.ts";

const LOOK_MS = 10_000;

/** How fast a change, a kill above all, gets everywhere. Its place is kept while it is not known. */
export function ReachLine() {
  const reach = trpc.flag.reach.useQuery(undefined, { refetchInterval: LOOK_MS });
  return (
    <p className="mb-6 flex min-h-11 items-start gap-2.5 text-sm text-ink-soft">
      <Radio aria-hidden strokeWidth={1.75} className="mt-px size-5 shrink-0" />
      <span>{reach.data && reachWords(reach.data)}</span>
    </p>
  );
}
