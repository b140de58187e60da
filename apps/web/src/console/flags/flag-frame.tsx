import type { FlagOverview } from "@tessera/contracts/flags";
import { NavLink, Outlet } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { flagAddress, flagParts } from "./flag-address.ts";
import { FlagNotes } from "./flag-notes.tsx";
import { RampLine } from "./ramp/ramp-line.tsx";
import { standingOf } from "./standing.ts";
import { StateBadge } from "./state-badge.tsx";
import { partWords, words } from "./words.ts";

const tab =
  "flex min-h-11 shrink-0 items-center border-b-3 border-transparent px-3 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink";

/** What is true of the flag whichever part is open: how it stands, what waits, and the way to the parts. */
export function FlagFrame({ flag }: { flag: FlagOverview }) {
  const { setting } = flag;
  const { key } = setting;
  const standing = standingOf(flag, useSpeech());

  return (
    <>
      <div className="mb-6 grid grid-cols-1 gap-4">
        <div className="grid gap-1">
          <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
            <StateBadge state={standing.state} />
            <span className="min-w-0">{standing.text}</span>
          </p>
          <RampLine flagKey={key} />
        </div>
        <FlagNotes flag={flag} />
      </div>
      <nav aria-label={words.parts} className="mb-8 flex flex-wrap border-b border-line">
        {flagParts.map((part) => (
          <NavLink key={part} to={flagAddress(key, part)} end preventScrollReset className={tab}>
            {partWords[part]}
          </NavLink>
        ))}
      </nav>
      <Outlet context={flag} />
    </>
  );
}
