import { trpc } from "@tessera/sdk/react";
import { Page } from "../../app/page.tsx";
import { usePerson } from "../../app/person.ts";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteForm } from "./invite-form.tsx";
import { MemberList } from "./member-list.tsx";
import { StaffFactor } from "./staff-factor.tsx";
import { words } from "./words.ts";

/** Who belongs to the tenant, who was asked to, and what staff need. */
export function People() {
  const { role } = usePerson();
  const members = trpc.member.list.useQuery();

  return (
    <Page title={words.title}>
      <div className="grid grid-cols-1 items-start gap-x-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {members.isPending && <Skeleton count={5} className="mb-2 h-16 rounded-card" label={words.loading} />}
          {members.isError && <ErrorNote error={members.error} onRetry={() => void members.refetch()} />}
          {members.data && <MemberList members={members.data} />}
        </div>
        <div className="min-w-0">
          <InviteForm />
          <Invitations />
          {role !== "staff" && <StaffFactor members={members.data ?? []} />}
        </div>
      </div>
    </Page>
  );
}
