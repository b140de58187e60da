import type { Thing } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { Plus, Upload } from "lucide-react";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { ExportThings } from "./export-things.tsx";
import { ImportThings } from "./import-things.tsx";
import { RetireThing } from "./retire-thing.tsx";
import { ThingDialog } from "./thing-dialog.tsx";
import { ThingFilters } from "./thing-filters.tsx";
import { ThingTable } from "./thing-table.tsx";
import { useThingList } from "./use-thing-list.ts";
import { words } from "./words.ts";

type Open = { act: "add" | "import" } | { act: "edit" | "retire"; thing: Thing };

/** Everything the house lends: found, made, changed, retired, and brought from a file. */
export function Things() {
  const { page, filters, isNarrowed, change, clear, toNext, toPrevious } = useThingList();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const { data } = page;

  const makers = (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" onClick={() => setOpen({ act: "add" })}>
        <Plus aria-hidden strokeWidth={1.75} className="size-5" />
        {words.add}
      </Button>
      <Button onClick={() => setOpen({ act: "import" })}>
        <Upload aria-hidden strokeWidth={1.75} className="size-5" />
        {words.import}
      </Button>
    </div>
  );
  const isEmpty = data?.count === 0 && !isNarrowed;

  return (
    <Page title={words.title} aside={isEmpty ? null : makers}>
      {!isEmpty && <ThingFilters filters={filters} onChange={change} />}
      {page.isPending && <Skeleton count={6} className="mb-2 h-14 rounded-card" label={words.loading} />}
      {page.isError && !data && <ErrorNote error={page.error} onRetry={() => void page.refetch()} />}
      {isEmpty && (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
          {makers}
        </EmptyNote>
      )}
      {data && !isEmpty && (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <p role="status" className="text-sm text-ink-soft">
              {words.count(data.count)}
            </p>
            <ExportThings />
          </div>
          {data.count === 0 ? (
            <EmptyNote title={words.noMatch}>
              <p className="text-ink-soft">{words.noMatchText}</p>
              <Button onClick={clear}>{words.clear}</Button>
            </EmptyNote>
          ) : (
            <ThingTable
              things={data.things}
              onEdit={(thing) => setOpen({ act: "edit", thing })}
              onRetire={(thing) => setOpen({ act: "retire", thing })}
            />
          )}
          {(toPrevious || toNext) && (
            <nav className="mt-4 flex justify-between gap-3" aria-label={words.title}>
              <Button disabled={!toPrevious} onClick={toPrevious ?? undefined}>
                {words.previous}
              </Button>
              <Button disabled={!toNext} onClick={toNext ?? undefined}>
                {words.next}
              </Button>
            </nav>
          )}
        </>
      )}
      {open?.act === "add" && <ThingDialog thing={null} onClose={close} />}
      {open?.act === "edit" && <ThingDialog thing={open.thing} onClose={close} />}
      {open?.act === "retire" && <RetireThing thing={open.thing} onClose={close} />}
      {open?.act === "import" && <ImportThings onClose={close} />}
    </Page>
  );
}
