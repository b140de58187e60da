import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Download } from "lucide-react";
import { useState } from "react";
import { failureWords } from "../../common/failure-words.ts";
import { saveFile } from "../../common/save-file.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { words } from "./words.ts";

/** A spreadsheet knows letters beyond English by this mark alone. */
const MARK = "\u{feff}";

/** Everything that is in use, as a file. */
export function ExportThings() {
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const take = async () => {
    setBusy(true);
    await utils.resource.export.fetch(undefined, { staleTime: 0 }).then(
      ({ csv }) => {
        setProblem(null);
        const day = new Date().toISOString().slice(0, 10);
        saveFile(words.file(day), new Blob([MARK, csv], { type: "text/csv" }));
      },
      (error) => setProblem(failureWords(error)),
    );
    setBusy(false);
  };

  return (
    <div className="flex flex-wrap items-center gap-3">
      <Alert text={problem} />
      <Button busy={isBusy} onClick={() => void take()}>
        <Download aria-hidden strokeWidth={1.75} className="size-5" />
        {words.export}
      </Button>
    </div>
  );
}
