import { trpc } from "@tessera/sdk/react";
import { Page } from "../app/page.tsx";
import { ErrorNote } from "../common/error-note.tsx";
import { Skeleton } from "../common/skeleton.tsx";
import { ChangeEmail } from "./change-email.tsx";
import { ChangePassword } from "./change-password.tsx";
import { EraseMe } from "./erase-me.tsx";
import { ExportMe } from "./export-me.tsx";
import { MyName } from "./my-name.tsx";
import { Passkeys } from "./passkeys.tsx";
import { SecondFactorPart } from "./second-factor-part.tsx";
import { Sessions } from "./sessions.tsx";
import { words } from "./words.ts";

/** A person's own account: how they sign in, where they are, what is known of them. */
export function AccountPage() {
  const person = trpc.account.person.useQuery();

  return (
    <Page title={words.title} width="narrow" back={{ to: "/me", label: words.back }}>
      {person.isPending && <Skeleton count={4} className="mb-4 h-24 rounded-card" label={words.title} />}
      {person.isError && <ErrorNote error={person.error} onRetry={() => void person.refetch()} />}
      {person.data && (
        <>
          <MyName name={person.data.name} />
          <SecondFactorPart isOn={person.data.hasSecondFactor} />
          <Passkeys />
          <ChangePassword />
          <ChangeEmail email={person.data.email} />
          <Sessions />
          <ExportMe />
          <EraseMe />
        </>
      )}
    </Page>
  );
}
