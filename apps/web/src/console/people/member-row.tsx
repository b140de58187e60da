import { grants, type Role, type TenantMember } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { usePerson } from "../../app/person.ts";
import { roleWords } from "../../app/role-words.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { Select } from "../controls/select.tsx";
import { refusedBecause } from "./people-words.ts";
import { RemoveDialog } from "./remove-dialog.tsx";
import { TierDialog } from "./tier-dialog.tsx";
import { tierWords, words } from "./words.ts";

/** One person: who they are, and for administrators what they may be. */
export function MemberRow({ member }: { member: TenantMember }) {
  const { id, name, email, role, tier, hasSecondFactor } = member;
  const me = usePerson();
  const utils = trpc.useUtils();
  const changeRole = trpc.member.changeRole.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const [isSorting, setSorting] = useState(false);
  const mayGrant = me.role === "staff" ? [] : grants[me.role];
  const mayChange = mayGrant.includes(role);

  const become = async (wanted: Role) => {
    setProblem(await refusedBecause(changeRole.mutateAsync({ memberId: id, role: wanted })));
    await utils.member.list.invalidate();
  };

  return (
    <li className="grid gap-3 bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="grid min-w-0 grow basis-56 [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-x-2 font-medium">
            {name}
            {id === me.memberId && <span className="text-sm font-normal text-ink-soft">({words.you})</span>}
            {hasSecondFactor && (
              <span className="inline-flex items-center gap-1 text-xs font-semibold text-ok">
                <ShieldCheck aria-hidden strokeWidth={1.75} className="size-4" />
                {words.factor}
              </span>
            )}
          </p>
          <p className="text-sm text-ink-soft">{email ?? words.noSignIn}</p>
          <Button
            look="quiet"
            aria-label={`${tierWords.line(tier)}. ${tierWords.change(name)}`} // says what is seen, and more
            onClick={() => setSorting(true)}
            className="-ml-4 justify-self-start text-sm font-normal"
          >
            {tierWords.line(tier)}
          </Button>
        </div>
        {mayChange ? (
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <Select
              label={words.roleOf(name)}
              hidesLabel
              className="min-w-40"
              value={role}
              disabled={changeRole.isPending}
              onChange={({ target }) => void become(target.value as Role)}
              choices={mayGrant.map((value) => ({ value, label: roleWords[value] }))}
            />
            <Button look="quiet" aria-label={words.removeFor(name)} onClick={() => setLeaving(true)}>
              {words.remove}
            </Button>
          </div>
        ) : (
          <p className="text-sm font-medium">{roleWords[role]}</p>
        )}
      </div>
      <Alert text={problem} />
      {isSorting && <TierDialog member={member} onClose={() => setSorting(false)} />}
      {isLeaving && <RemoveDialog member={member} onClose={() => setLeaving(false)} />}
    </li>
  );
}
