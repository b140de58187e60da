import type { TenantMember } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Section } from "../../common/section.tsx";
import { Alert } from "../../sign-in/alert.tsx";
import { refusedBecause } from "./people-words.ts";
import { factorWords as words } from "./words.ts";

/** Whether staff need a second factor here. */
export function StaffFactor({ members }: { members: readonly TenantMember[] }) {
  const utils = trpc.useUtils();
  const settings = trpc.tenant.settings.useQuery();
  const need = trpc.tenant.needSecondFactor.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  if (!settings.data) return null;

  const isNeeded = settings.data.staffNeedSecondFactor;
  const without = members.filter(({ role, hasSecondFactor }) => role !== "member" && !hasSecondFactor).length;
  const turn = async () => {
    setProblem(await refusedBecause(need.mutateAsync({ isNeeded: !isNeeded })));
    await utils.tenant.settings.invalidate();
  };

  return (
    <Section title={words.title}>
      <div className="grid justify-items-start gap-3">
        <p className="text-sm">{isNeeded ? words.on : words.off}</p>
        <p className="text-sm text-ink-soft">{words.without(without)}</p>
        <Alert text={problem} />
        <Button busy={need.isPending} onClick={() => void turn()}>
          {isNeeded ? words.stop : words.need}
        </Button>
      </div>
    </Section>
  );
}
