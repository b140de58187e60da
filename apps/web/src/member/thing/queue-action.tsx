import type { Resource, ThingLine } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { useSpeech } from "../../common/use-speech.ts";
import { notDoneBecause } from "../lending-answer.ts";

const words = {
  join: "Join the queue",
  leave: "Leave the queue",
  waits: (waiting: number) =>
    waiting === 0 ? "Nobody waits yet." : waiting === 1 ? "One person waits." : `${waiting} people wait.`,
  why: "When it is back, it is kept for you for a day.",
  next: "You are next. This page changes by itself when it is back.",
  place: (place: number) => `You are number ${place} in the queue.`,
};

/** Waiting for a thing: a way into its queue and out of it, with one's place. */
export function QueueAction({ resource, line }: { resource: Resource; line: ThingLine | null | undefined }) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const join = trpc.checkout.joinQueue.useMutation();
  const leave = trpc.checkout.leaveQueue.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const which = { resourceId: resource.id };

  const act = async (doing: Parameters<typeof notDoneBecause>[0]) => {
    setProblem(await notDoneBecause(doing, speech));
    await utils.checkout.invalidate();
  };

  return (
    <>
      {line?.mine ? (
        <>
          <p role="status" className="font-medium">
            {line.mine.place === 1 ? words.next : words.place(line.mine.place)}
          </p>
          <Button busy={leave.isPending} onClick={() => void act(leave.mutateAsync(which))} className="w-full">
            {words.leave}
          </Button>
        </>
      ) : (
        <>
          <Button
            look="primary"
            size="large"
            busy={join.isPending}
            onClick={() => void act(join.mutateAsync(which))}
            className="w-full"
          >
            {words.join}
          </Button>
          <p className="text-sm text-ink-soft">
            {words.waits(line?.waiting ?? 0)} {words.why}
          </p>
        </>
      )}
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
    </>
  );
}
