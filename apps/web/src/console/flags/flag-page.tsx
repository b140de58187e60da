import type { FlagOverview } from "@tessera/contracts/flags";
import { useLocation, useOutletContext, useParams } from "react-router";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { flagAt, partAt } from "./flag-address.ts";
import { FlagFrame } from "./flag-frame.tsx";
import { KillSwitch } from "./kill-switch.tsx";
import { useFlagList } from "./use-flag-list.ts";
import { partWords, words } from "./words.ts";

const back = { to: "/console/flags", label: words.title };

/** The flag that the page around is of. */
export const useFlagOfPage = (): FlagOverview => useOutletContext<FlagOverview>();

/** One flag with all its parts. The part that is open has the address; its name stands above the flag's. */
export function FlagPage() {
  const { flagKey } = useParams();
  const { pathname } = useLocation();
  const flags = useFlagList();
  const key = flagAt(flagKey);
  const flag = flags.data?.find(({ setting }) => setting.key === key);

  if (key === null || (flags.data && !flag)) {
    return (
      <Page title={words.title} back={back}>
        <EmptyNote title={words.missing}>
          <p className="text-ink-soft">{words.missingText}</p>
        </EmptyNote>
      </Page>
    );
  }
  return (
    <Page
      title={key}
      kicker={partWords[partAt(pathname)]}
      back={back}
      aside={flag && <KillSwitch setting={flag.setting} />}
    >
      {flags.isPending && (
        <div className="grid grid-cols-1 gap-6">
          <Skeleton className="h-14 rounded-card" label={words.loadingFlag} />
          <Skeleton className="h-96 rounded-card" label={words.loadingFlag} />
        </div>
      )}
      {flags.isError && !flag && <ErrorNote error={flags.error} onRetry={() => void flags.refetch()} />}
      {flag && <FlagFrame flag={flag} />}
    </Page>
  );
}
