import type { QueuePlace, Reservation } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, buttonClass, shortMoment } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { Section } from "../../common/section.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { notDoneBecause } from "../lending-answer.ts";

const words = {
  reserved: "Reserved",
  waiting: "Waiting for",
  cancel: "Cancel",
  cancelWhat: (name: string) => `Cancel the reservation of ${name}`,
  leave: "Leave the queue",
  leaveWhat: (name: string) => `Leave the queue of ${name}`,
  take: "Get code",
  takeWhat: (name: string) => `Get a code for ${name}`,
  forMe: (until: string) => `Kept for you until ${until}`,
  next: "You are next",
  place: (place: number) => `Number ${place} in the queue`,
};

/** What I have reserved and what I wait for; nothing where there is nothing. */
export function ToCome() {
  const reservations = trpc.checkout.myReservations.useQuery();
  const queues = trpc.checkout.myQueues.useQuery();
  return (
    <>
      {!!queues.data?.length && (
        <Section title={words.waiting}>
          <ul className="grid grid-cols-1 gap-3 lg:grid-cols-2">
            {queues.data.map((place) => (
              <Place key={place.resource.id} place={place} />
            ))}
          </ul>
        </Section>
      )}
      {!!reservations.data?.length && (
        <Section title={words.reserved}>
          <ul className="grid grid-cols-1 gap-3 lg:grid-cols-2">
            {reservations.data.map((reservation) => (
              <Reserved key={reservation.id} reservation={reservation} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Place({ place: { resource, place, heldUntil } }: { place: QueuePlace }) {
  const speech = useSpeech();
  const leave = trpc.checkout.leaveQueue.useMutation();
  const { problem, act } = useActing();
  const { id, name } = resource;
  const state = heldUntil ? words.forMe(shortMoment(heldUntil, speech)) : place === 1 ? words.next : words.place(place);

  return (
    <Card id={id} name={name} state={state} isGood={heldUntil !== null} problem={problem}>
      {heldUntil && (
        <Link to={`/code/check_out/${id}`} aria-label={words.takeWhat(name)} className={buttonClass("primary")}>
          {words.take}
        </Link>
      )}
      <Button
        look="quiet"
        busy={leave.isPending}
        aria-label={words.leaveWhat(name)}
        onClick={() => void act(leave.mutateAsync({ resourceId: id }))}
      >
        {words.leave}
      </Button>
    </Card>
  );
}

function Reserved({ reservation: { id, resource, from, until } }: { reservation: Reservation }) {
  const speech = useSpeech();
  const cancel = trpc.checkout.cancelReservation.useMutation();
  const { problem, act } = useActing();
  const state = `${shortMoment(from, speech)} – ${shortMoment(until, speech)}`;

  return (
    <Card id={resource.id} name={resource.name} state={state} problem={problem}>
      <Button
        look="quiet"
        busy={cancel.isPending}
        aria-label={words.cancelWhat(resource.name)}
        onClick={() => void act(cancel.mutateAsync({ reservationId: id }))}
      >
        {words.cancel}
      </Button>
    </Card>
  );
}

function useActing() {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (doing: Parameters<typeof notDoneBecause>[0]) => {
    setProblem(await notDoneBecause(doing, speech));
    await utils.checkout.invalidate();
  };
  return { problem, act };
}

interface CardProps {
  id: string;
  name: string;
  state: string;
  isGood?: boolean;
  problem: string | null;
  children: ReactNode;
}

function Card({ id, name, state, isGood = false, problem, children }: CardProps) {
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-4">
      <div className="min-w-0 grow basis-40">
        <h3 className="font-semibold">
          <Link to={`/things/${id}`} className="underline-offset-4 hover:underline">
            {name}
          </Link>
        </h3>
        <p className={`text-sm font-medium tabular-nums ${isGood ? "text-ok" : "text-ink-soft"}`}>{state}</p>
      </div>
      {children}
      <p role="alert" className="basis-full text-sm text-no empty:hidden">
        {problem}
      </p>
    </li>
  );
}
