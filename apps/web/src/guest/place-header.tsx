import type { GuestPlace } from "@tessera/contracts";
import { LiveBadge } from "@tessera/ui";
import { useSyncExternalStore } from "react";
import { SignPicture } from "../common/sign-picture.tsx";
import { locale } from "../common/use-speech.ts";
import { line } from "./guest-line.ts";
import { words } from "./words.ts";

/** Where this is, and the two pictures that the sticker on the wall shows too. */
export function PlaceHeader({ guest: { tenant, place, signs } }: { guest: GuestPlace }) {
  const status = useSyncExternalStore(line.watch, line.status);
  return (
    <header className="mb-6 grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-bold tracking-tight [overflow-wrap:anywhere]">
          <span className="block text-base font-semibold tracking-normal text-accent">{tenant} </span>
          {place.name}
        </h1>
        <LiveBadge {...status} locale={locale()} />
      </div>
      {signs.length > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <ul className="flex gap-2">
            {signs.map(({ word }) => (
              <li
                key={word}
                className="flex min-h-11 items-center gap-2 border border-line bg-surface px-3 font-semibold capitalize"
              >
                <SignPicture word={word} className="size-6 text-accent" />
                {word}
              </li>
            ))}
          </ul>
          <p className="text-sm text-ink-soft">{words.signs}</p>
        </div>
      )}
    </header>
  );
}
