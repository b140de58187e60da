import type { ThingLabel } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, groupsOfFour, shortMoment } from "@tessera/ui";
import { Dialog } from "../../common/dialog.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { words as listWords, stepWords, storyWords as words } from "./words.ts";

/** The label's code, and what happened to it, the newest first. */
export function LabelStory({ label: { id, key, name }, onClose }: { label: ThingLabel; onClose: () => void }) {
  const story = trpc.label.story.useQuery({ labelId: id });
  const speech = useSpeech();

  return (
    <Dialog title={listWords.story(name)} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <div className="grid justify-items-center gap-2 bg-tile p-2 text-tile-ink">
          <img src={`/img/${key}.svg`} alt="" width={180} height={180} />
          <p className="font-mono text-sm">{groupsOfFour(key).join(" ")}</p>
        </div>
        {story.isPending && <Skeleton count={2} className="h-11 rounded-control" label={words.loading} />}
        {story.isError && <ErrorNote error={story.error} onRetry={() => void story.refetch()} />}
        {story.data?.length === 0 && <p className="text-sm text-ink-soft">{words.empty}</p>}
        <ol className="grid gap-3 border-l-2 border-line pl-4 empty:hidden">
          {story.data?.map(({ at, type, by, resource }) => (
            <li key={`${at} ${type}`} className="[overflow-wrap:anywhere]">
              <p className="font-medium">{stepWords[type](resource)}</p>
              <p className="text-sm text-ink-soft">{[shortMoment(at, speech), by].filter(Boolean).join(" · ")}</p>
            </li>
          ))}
        </ol>
        <Button onClick={onClose} className="justify-self-end">
          {words.close}
        </Button>
      </div>
    </Dialog>
  );
}
