import type { Role } from "@tessera/contracts";
import { buttonClass } from "@tessera/ui";
import { Flag, Users } from "lucide-react";
import { Link } from "react-router";
import { Section } from "../../common/section.tsx";

const words = { title: "Console", people: "People", flags: "Flags" };

/** For staff: the way to the other side of the counter. */
export function ConsoleDoor({ role }: { role: Role }) {
  return (
    <Section title={words.title}>
      <div className="flex flex-wrap gap-3">
        <Link to="/console/people" className={buttonClass()}>
          <Users aria-hidden strokeWidth={1.75} className="size-5" />
          {words.people}
        </Link>
        {role === "operator" && (
          <Link to="/console/flags" className={buttonClass()}>
            <Flag aria-hidden strokeWidth={1.75} className="size-5" />
            {words.flags}
          </Link>
        )}
      </div>
    </Section>
  );
}
