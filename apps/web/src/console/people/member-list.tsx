import type { TenantMember } from "@tessera/contracts";
import { Field } from "@tessera/ui";
import { useState } from "react";
import { MemberRow } from "./member-row.tsx";
import { words } from "./words.ts";

const MOST_SHOWN = 200;

/** Everybody, or those whose name or e-mail has what was typed. */
export function MemberList({ members }: { members: readonly TenantMember[] }) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = members.filter(({ name, email }) => `${name} ${email ?? ""}`.toLowerCase().includes(wanted));

  return (
    <>
      <Field
        type="search"
        label={words.search}
        value={typed}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
      />
      <p role="status" className="my-3 text-sm text-ink-soft">
        {found.length === 0 ? words.nobody : words.count(Math.min(found.length, MOST_SHOWN), members.length)}
      </p>
      <ul className="mb-10 grid gap-px overflow-hidden rounded-card border border-line bg-line empty:hidden">
        {found.slice(0, MOST_SHOWN).map((member) => (
          <MemberRow key={member.id} member={member} />
        ))}
      </ul>
    </>
  );
}
