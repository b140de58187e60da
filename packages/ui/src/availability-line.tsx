import type { Availability, Speech } from "@tessera/contracts";
import { availabilityWords } from "./availability-words.ts";

interface AvailabilityLineProps {
  availability: Pick<Availability, "state" | "dueAt">;
  speech: Speech;
  className?: string;
}

/** One line of state that lives. A full tile is free, an empty frame is out: the form says it without the colour. */
export function AvailabilityLine({ availability, speech, className = "" }: AvailabilityLineProps) {
  const isFree = availability.state === "free";
  const colour = isFree ? "text-ok" : "text-wait-word";
  const tile = isFree ? "bg-current" : "border-2 border-current";

  return (
    <span className={`inline-flex items-baseline gap-2 font-medium ${colour} ${className}`}>
      <span aria-hidden className={`size-[0.65em] shrink-0 ${tile}`} />
      {availabilityWords(availability, speech)}
    </span>
  );
}
