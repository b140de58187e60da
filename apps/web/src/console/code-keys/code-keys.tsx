import { trpc } from "@tessera/sdk/react";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { usePerson } from "../../app/person.ts";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { CodeKeyCard } from "./code-key-card.tsx";
import { DeploymentSecret } from "./deployment-secret.tsx";
import { words } from "./words.ts";

/** Every key that has signed codes of this house, signs them or will, and for operators the secret they are made from. */
export function CodeKeys() {
  const { role } = usePerson();
  const keys = trpc.key.list.useQuery();
  const [told, setTold] = useState("");

  return (
    <Page title={words.title}>
      <p className="mb-5 max-w-2xl text-ink-soft">{words.lead}</p>
      <p role="status" className="mb-4 font-semibold empty:hidden">
        {told}
      </p>
      {keys.isPending && <Skeleton count={2} className="mb-4 h-24 rounded-card" label={words.loading} />}
      {keys.isError && !keys.data && <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      {keys.data && keys.data.length > 0 && (
        <ul className="grid grid-cols-1 gap-4">
          {keys.data.map((codeKey) => (
            <li key={codeKey.keyId}>
              <CodeKeyCard codeKey={codeKey} onRotated={setTold} />
            </li>
          ))}
        </ul>
      )}
      {role === "operator" && (
        <div className="mt-10">
          <DeploymentSecret />
        </div>
      )}
    </Page>
  );
}
