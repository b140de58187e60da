import type { FlagOverview } from "@tessera/contracts/flags";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { flagAddress } from "./flag-address.ts";
import { FlagNotes } from "./flag-notes.tsx";
import { KillSwitch } from "./kill-switch.tsx";
import { RampLine } from "./ramp/ramp-line.tsx";
import { standingOf } from "./standing.ts";
import { StateBadge } from "./state-badge.tsx";
import { about } from "./words.ts";

/** One flag in the list: how it stands and for whom, what waits for somebody, and the kill switch. */
export function FlagCard({ flag }: { flag: FlagOverview }) {
  const { setting } = flag;
  const { key } = setting;
  const standing = standingOf(flag, useSpeech());

  return (
    <article className="grid grid-cols-1 gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="grid min-w-0 flex-1 basis-72 grid-cols-1 gap-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="min-w-0 font-mono text-base font-semibold">
              <Link
                to={flagAddress(key)}
                className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4 hover:decoration-ink"
              >
                <span className="min-w-0 [overflow-wrap:anywhere]">{key}</span>
              </Link>
            </h2>
            <StateBadge state={standing.state} />
          </div>
          <p className="font-medium">{standing.text}</p>
          <p className="text-sm text-ink-soft">{about[key].what}</p>
          <RampLine flagKey={key} />
        </div>
        <KillSwitch setting={setting} saysWhich />
      </div>
      <FlagNotes flag={flag} />
    </article>
  );
}
