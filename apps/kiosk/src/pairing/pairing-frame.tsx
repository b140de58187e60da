import { Mark } from "@tessera/ui";
import type { ReactNode } from "react";

interface PairingFrameProps {
  title: string;
  /** Why this screen is here, when there is a reason to tell. */
  note: string | null;
  children?: ReactNode;
}

export function PairingFrame({ title, note, children }: PairingFrameProps) {
  return (
    <main data-outcome="idle" className="grid h-dvh place-items-center overflow-y-auto p-gap">
      <div className="grid w-full max-w-[min(60rem,92vw)] landscape:max-w-[min(76rem,92vw)] gap-gap">
        <div className="grid justify-items-start gap-gap">
          <span className="size-[clamp(2.5rem,9vmin,6rem)] [&>svg]:size-full">
            <Mark />
          </span>
          <h1 className="text-far font-bold">{title}</h1>
          <p role="status" className="text-near text-ink-soft empty:hidden">
            {note}
          </p>
        </div>
        {children}
      </div>
    </main>
  );
}
