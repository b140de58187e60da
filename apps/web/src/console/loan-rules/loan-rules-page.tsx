import { trpc } from "@tessera/sdk/react";
import { Page } from "../../app/page.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { EditRules } from "./edit-rules.tsx";
import { words } from "./words.ts";

/** What the tenant lends by. */
export function LoanRulesPage() {
  const rules = trpc.loanRule.get.useQuery();
  return (
    <Page title={words.title}>
      {rules.isPending && <Skeleton count={2} className="mb-4 h-56 rounded-card" label={words.loading} />}
      {rules.isError && !rules.data && <ErrorNote error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && <EditRules key={rules.data.version} shown={rules.data} />}
    </Page>
  );
}
