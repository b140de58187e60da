import { trpc } from "@tessera/sdk/react";
import { Section } from "../../common/section.tsx";
import { QuarantineNote } from "../desks/quarantine-note.tsx";
import { words } from "./words.ts";

/** Desks whose story is not believed: what they accepted waits in them, and may hold conflicts nobody knows of yet. */
export function QuarantinedDesks() {
  const desks = trpc.device.list.useQuery().data?.filter(({ isQuarantined }) => isQuarantined) ?? [];
  if (desks.length === 0) return null;
  return (
    <Section title={words.quarantined}>
      <ul className="grid grid-cols-1 gap-4">
        {desks.map(({ deviceId, name }) => (
          <li key={deviceId} className="grid grid-cols-1 gap-2">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{name}</h3>
            <QuarantineNote deviceId={deviceId} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
