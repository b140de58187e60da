import type { FindLoans, LoanCursor, LoanPage } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useDeferredValue, useState } from "react";
import { Page } from "../../app/page.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { CheckBox } from "../controls/check-box.tsx";
import { csvOf } from "./csv.ts";
import { LoanRows } from "./loan-rows.tsx";
import { words } from "./words.ts";

/** Everything that is out, due soonest first. */
export function OpenLoans() {
  const [typed, setTyped] = useState("");
  const [overdueOnly, setOverdueOnly] = useState(false);
  const text = useDeferredValue(typed.trim());
  const wish = { text, overdueOnly };

  return (
    <Page title={words.title} aside={<SaveAsCsv wish={wish} />}>
      <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-2">
        <Field
          type="search"
          label={words.search}
          value={typed}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
          className="grow basis-60"
        />
        <CheckBox
          label={words.overdue}
          checked={overdueOnly}
          onChange={({ target }) => setOverdueOnly(target.checked)}
        />
      </div>
      <div className="grid grid-cols-1 gap-4">
        <LoanRows key={`${overdueOnly} ${text}`} wish={wish} />
      </div>
    </Page>
  );
}

/** All pages of what is looked for, as a file. */
function SaveAsCsv({ wish }: { wish: FindLoans }) {
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function all(): Promise<LoanPage["loans"]> {
    const loans: LoanPage["loans"] = [];
    let after: LoanCursor | null = null;
    do {
      const page: LoanPage = await utils.checkout.find.fetch({ ...wish, after });
      loans.push(...page.loans);
      after = page.next;
    } while (after);
    return loans;
  }

  async function save(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const rows = (await all()).map((loan) => [
        ...[loan.resource.name, loan.holder.name, loan.outAt, loan.dueAt],
        String(loan.renewals),
      ]);
      download(csvOf([words.thing, words.holder, words.out, words.due, words.renewals], rows));
    } catch (error) {
      setProblem(failureWords(error as Error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="grid justify-items-end gap-1">
      <Button busy={isBusy} onClick={() => void save()}>
        {words.csv}
      </Button>
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
    </div>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = words.file;
  link.click();
  URL.revokeObjectURL(address);
}
