import { LONGEST_IMPORT, type ImportReport as Report } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { FileButton } from "../../common/file-button.tsx";
import { ImportReport } from "./import-report.tsx";
import { textIn } from "./text-in-file.ts";
import { importWords as words } from "./words.ts";

interface Chosen {
  name: string;
  csv: string;
  report: Report;
}

/** A file is looked through first; what is wrong with it is told row by row, and only a good one comes in. */
export function ImportThings({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const check = trpc.resource.checkImport.useMutation();
  const bring = trpc.resource.import.useMutation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isGood = chosen?.report.problemCount === 0;
  const done = bring.data?.kind === "imported" ? bring.data.count : null;

  const look = async (file: File) => {
    setChosen(null);
    const csv = textIn(await file.arrayBuffer());
    if (csv.length > LONGEST_IMPORT) return setProblem(words.tooLarge);
    await check.mutateAsync({ csv }).then(
      (report) => {
        setProblem(null);
        setChosen({ name: file.name, csv, report });
      },
      (error) => setProblem(failureWords(error)),
    );
  };

  const take = async ({ name, csv }: Chosen) => {
    await bring.mutateAsync({ csv }).then(
      async (outcome) => {
        if (outcome.kind === "refused") setChosen({ name, csv, report: outcome });
        await utils.resource.invalidate();
      },
      (error) => setProblem(failureWords(error)),
    );
  };

  if (done !== null) {
    return (
      <Dialog title={words.title} onClose={onClose}>
        <p role="status" className="mb-5 font-medium text-ok">
          {words.done(done)}
        </p>
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            {words.close}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="grid grid-cols-1 gap-4">
        <p className="text-sm text-ink-soft">
          {words.about} <code className="font-mono text-ink">{words.columns}</code>. {words.aboutColumns}
        </p>
        <FileButton
          label={chosen ? words.other : words.choose}
          accept=".csv,text/csv,text/plain"
          isBusy={check.isPending}
          onFile={(file) => void look(file)}
        />
        <div role="status" className="grid grid-cols-1 gap-3 empty:hidden">
          {check.isPending && <p>{words.checking}…</p>}
          {chosen && <ImportReport file={chosen.name} report={chosen.report} />}
        </div>
        <DialogFoot problem={problem} onClose={onClose}>
          <Button
            look="primary"
            disabled={!isGood}
            busy={bring.isPending}
            onClick={() => chosen && isGood && void take(chosen)}
          >
            {isGood ? words.submit(chosen.report.count) : words.submitNone}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
