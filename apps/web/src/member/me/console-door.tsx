import type { Role } from "@tessera/contracts";
import { buttonClass } from "@tessera/ui";
import { Link } from "react-router";
import { Section } from "../../common/section.tsx";
import { railFor } from "../../console/rail.ts";

const words = { title: "Console" };

/** The way to the other side of the counter, for those who have a job there. */
export function ConsoleDoor({ role }: { role: Role }) {
  return (
    <Section title={words.title}>
      <div className="flex flex-wrap gap-3">
        {railFor(role).map(({ to, name, Icon }) => (
          <Link key={to} to={to} className={buttonClass()}>
            <Icon aria-hidden strokeWidth={1.75} className="size-5" />
            {name}
          </Link>
        ))}
      </div>
    </Section>
  );
}
