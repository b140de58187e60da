import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { FlagCard } from "./flag-card.tsx";
import { ReachLine } from "./reach-line.tsx";
import { useFlagList } from "./use-flag-list.ts";
import { words } from "./words.ts";

/** Every switch of the product, how it stands and for whom. */
export function Flags() {
  const flags = useFlagList();

  return (
    <Page title={words.title}>
      <ReachLine />
      {flags.isPending && (
        <div className="grid grid-cols-1 gap-4">
          <Skeleton count={2} className="h-44 rounded-card" label={words.loading} />
        </div>
      )}
      {flags.isError && !flags.data && <ErrorNote error={flags.error} onRetry={() => void flags.refetch()} />}
      {flags.data?.length === 0 && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
      {flags.data && flags.data.length > 0 && (
        <ul className="grid grid-cols-1 gap-4">
          {flags.data.map((flag) => (
            <li key={flag.setting.key}>
              <FlagCard flag={flag} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
