import type { FlagKey } from "@tessera/contracts";
import type { FlagSubject } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { Note } from "../../controls/note.tsx";
import { Table } from "../../controls/table.tsx";
import { StateBadge } from "../state-badge.tsx";
import { bucketText, decisionText, partNames, ruleNames } from "./decision-words.ts";
import { words } from "./words.ts";

interface ExplanationProps {
  flagKey: FlagKey;
  subject: FlagSubject;
  name: string | null;
}

/** The decision in a sentence, and every rule's part in it. */
export function Explanation({ flagKey, subject, name }: ExplanationProps) {
  const explained = trpc.flag.explain.useQuery({ key: flagKey, subject });
  if (explained.isPending) return <Skeleton className="h-96 rounded-card" label={words.loading} />;
  if (explained.isError) return <ErrorNote error={explained.error} onRetry={() => void explained.refetch()} />;

  const { decision, steps } = explained.data;
  const who = name ?? subject.userId ?? subject.deviceId ?? subject.resourceId ?? subject.tenantId;
  const bucket = bucketText(decision.bucket);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-5">
      <div role="status" className="grid grid-cols-1 gap-2">
        <p className="min-w-0 text-sm text-ink-soft [overflow-wrap:anywhere]">
          {words.subject} {who}
        </p>
        <p className="flex flex-wrap items-center gap-3 text-xl font-semibold">
          <StateBadge state={decision.value ? "on" : "off"} />
          {decisionText(decision)}
        </p>
        <p className="text-sm text-ink-soft">
          {bucket && `${bucket} `}
          {words.revision(decision.revision)}
        </p>
      </div>
      {decision.stale && (
        <Note tone="wait">
          <p>{words.stale}</p>
        </Note>
      )}
      <Table
        caption={words.rules}
        showsCaption
        head={[words.rule, words.part, words.says]}
        rows={steps.map(({ rule, part, says }) => ({
          key: rule,
          cells: [
            ruleNames[rule],
            part === "decided" ? (
              <strong>{partNames[part]}</strong>
            ) : (
              <span className="text-ink-soft">{partNames[part]}</span>
            ),
            <span key="says" className={part === "unset" ? "text-ink-soft" : ""}>
              {says}
            </span>,
          ],
        }))}
      />
    </div>
  );
}
