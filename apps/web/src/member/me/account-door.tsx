import { buttonClass } from "@tessera/ui";
import { UserRoundCog } from "lucide-react";
import { Link } from "react-router";
import { Section } from "../../common/section.tsx";

const words = { title: "Account", open: "Password, passkeys, data" };

export function AccountDoor() {
  return (
    <Section title={words.title}>
      <Link to="/account" className={buttonClass()}>
        <UserRoundCog aria-hidden strokeWidth={1.75} className="size-5" />
        {words.open}
      </Link>
    </Section>
  );
}
