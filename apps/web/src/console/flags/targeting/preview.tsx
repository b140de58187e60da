import type { FlagPreview, FlagSetting, FlagSettings } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { useId } from "react";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { useSettled } from "../use-settled.ts";
import { fitsPreview } from "./call-size.ts";
import { PreviewNames } from "./preview-names.tsx";
import { words } from "./words.ts";

const SETTLED_MS = 350;

interface PreviewProps {
  setting: FlagSetting;
  changes: Partial<FlagSettings>;
}

/** Who would be in if it were saved now, by the rules that will decide. Follows the typing with a breath between. */
export function Preview({ setting, changes }: PreviewProps) {
  const id = useId();
  const typed = JSON.stringify(changes);
  const settled = useSettled(typed, SETTLED_MS);
  const set = JSON.parse(settled) as Partial<FlagSettings>;
  const fits = fitsPreview(set);
  const preview = trpc.flag.preview.useQuery(
    { key: setting.key, set },
    { enabled: fits, placeholderData: (held) => held },
  );
  const { config } = { ...setting, ...changes };
  const countsMore = config.unit === "device" || config.unit === "resource";
  const isCounting = fits && (typed !== settled || preview.isFetching);

  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id={id} className="text-lg font-semibold">
          {words.preview}
        </h2>
        <span aria-hidden className="text-sm text-ink-soft">
          {isCounting && words.updating}
        </span>
      </div>
      {!fits && <p className="text-sm">{words.tooLong}</p>}
      {fits && preview.isPending && <Skeleton className="h-36 rounded-control" label={words.previewLoading} />}
      {fits && preview.isError && !preview.data && (
        <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {fits && preview.data && <Counts preview={preview.data} />}
      {setting.killed && <p className="text-sm">{words.killedNow}</p>}
      {countsMore && <p className="text-sm text-ink-soft">{words.onlyPeople}</p>}
    </section>
  );
}

function Counts({ preview: { people, tenants, comes, leaves } }: { preview: FlagPreview }) {
  const percent = people.all === 0 ? 0 : (people.in / people.all) * 100;
  const number = (count: number) => count.toLocaleString("en");
  return (
    <>
      <div role="status" className="grid gap-1">
        <p className="text-xl font-semibold">{words.people(number(people.in), number(people.all))}</p>
        <p className="text-sm text-ink-soft">
          {words.now(number(people.inNow))}. {words.tenantsIn(number(tenants.in), number(tenants.all))}.
        </p>
      </div>
      <div aria-hidden className="h-3 bg-sunken">
        <div className="h-full bg-ok" style={{ width: `${percent}%` }} />
      </div>
      <PreviewNames title={words.comes} people={comes} />
      <PreviewNames title={words.leaves} people={leaves} />
      {comes.length + leaves.length === 0 && <p className="text-sm text-ink-soft">{words.nobodyMoves}</p>}
    </>
  );
}
