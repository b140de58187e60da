import { Mark } from "@tessera/ui";
import { type ReactNode, useEffect } from "react";
import { Threshold } from "./threshold.tsx";

interface DoorwayProps {
  title: string;
  lead?: string | undefined;
  children: ReactNode;
}

/** The frame of everything that happens before somebody is in: the wall of tiles, the mark, one thing to do. */
export function Doorway({ title, lead, children }: DoorwayProps) {
  useEffect(() => {
    document.title = `${title} · Tessera`;
  }, [title]);

  return (
    <div className="grid min-h-svh content-start lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:content-stretch">
      <div className="lg:sticky lg:top-0 lg:h-svh">
        <Threshold />
      </div>
      <main className="mx-auto w-full max-w-md px-5 py-8 lg:max-w-lg lg:self-center lg:px-12">
        <div className="mb-8 flex items-center gap-3">
          <Mark size={36} />
          <p className="text-xl font-bold tracking-tight">Tessera</p>
        </div>
        <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
        {lead && <p className="mt-1 text-ink-soft [overflow-wrap:anywhere]">{lead}</p>}
        <div className="mt-6">{children}</div>
      </main>
    </div>
  );
}
