import { buttonClass } from "@tessera/ui";
import { Flag } from "lucide-react";
import { Link } from "react-router";
import { Section } from "../../common/section.tsx";

const words = { title: "Console", flags: "Flags" };

/** For operators: the way to the other side of the counter. */
export function ConsoleDoor() {
  return (
    <Section title={words.title}>
      <Link to="/console/flags" className={buttonClass()}>
        <Flag aria-hidden strokeWidth={1.75} className="size-5" />
        {words.flags}
      </Link>
    </Section>
  );
}
