import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { buttonClass } from "@tessera/ui";
import { Link } from "react-router";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Section } from "../../../common/section.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { Table } from "../../controls/table.tsx";
import { flagAddress } from "../flag-address.ts";
import { words } from "./words.ts";

const head = [words.tenant, words.picked, words.scans, words.admin, words.kind];

/** Tenants that would do to try it first. Two are picked; using them only fills the form, nothing is saved yet. */
export function Canaries({ flagKey }: { flagKey: FlagKey }) {
  const candidates = trpc.flag.ramp.canaries.useQuery();
  const picked = (candidates.data ?? []).filter(({ isPicked }) => isPicked);

  return (
    <Section title={words.canaries}>
      <p className="mb-4 text-ink-soft">{words.canariesSays}</p>
      {candidates.isPending && <Skeleton className="h-40 rounded-card" label={words.canaries} />}
      {candidates.isError && !candidates.data && (
        <ErrorNote error={candidates.error} onRetry={() => void candidates.refetch()} />
      )}
      {candidates.data && (
        <div className="grid grid-cols-1 justify-items-start gap-4">
          <div className="w-full min-w-0">
            <Table
              caption={words.canaries}
              head={head}
              figures={[2]}
              rows={candidates.data.map(({ tenantId, name, template, scansInWeek, hasAdmin, isPicked }) => ({
                key: tenantId,
                cells: [
                  name,
                  isPicked ? <strong>{words.yes}</strong> : words.no,
                  scansInWeek.toLocaleString("en"),
                  hasAdmin ? words.yes : words.no,
                  template.replaceAll("_", " "),
                ],
              }))}
            />
          </div>
          {picked.length === 0 ? (
            <p className="text-sm text-ink-soft">{words.canariesNone}</p>
          ) : (
            <Link
              to={flagAddress(flagKey)}
              state={{ tenants: picked.map(({ tenantId }) => tenantId) }}
              className={buttonClass()}
            >
              {picked.length === 1 ? words.useThis : words.useThese}
            </Link>
          )}
        </div>
      )}
    </Section>
  );
}
