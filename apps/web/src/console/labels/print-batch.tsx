import type { LabelBatch } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { Printer } from "lucide-react";
import { useState } from "react";
import { chosenTenant } from "../../app/chosen-tenant.ts";
import { saveFile } from "../../common/save-file.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { Group } from "../controls/group.tsx";
import { Select } from "../controls/select.tsx";
import { words as listWords, printWords as words } from "./words.ts";

/** As the server knows them, and as it says on the box. */
const formats = [
  { value: "L7160", label: "Avery L7160, 21 on A4" },
  { value: "L7163", label: "Avery L7163, 14 on A4" },
  { value: "A4", label: "Plain A4, 28 to cut out" },
  { value: "5160", label: "Avery 5160, 30 on Letter" },
  { value: "5163", label: "Avery 5163, 10 on Letter" },
];

/** Chooses a batch and its sheets, and gives the PDF. */
export function PrintBatch({ batches }: { batches: readonly LabelBatch[] }) {
  const { locale } = useSpeech();
  const [batchId, setBatchId] = useState<string>(batches[0]?.id ?? "");
  const [format, setFormat] = useState("L7160");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const chosen = batches.find(({ id }) => id === batchId) ?? batches[0];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });

  const print = async ({ id, number }: LabelBatch) => {
    setBusy(true);
    setProblem(null);
    const tenant = chosenTenant();
    try {
      const answer = await fetch(`/api/labels/${id}.pdf?format=${format}`, {
        headers: tenant ? { "x-tessera-tenant": tenant } : {},
      });
      if (answer.ok) saveFile(words.file(number, format), await answer.blob());
      else setProblem(words.failed);
    } catch {
      setProblem(words.failed);
    }
    setBusy(false);
  };

  return (
    <Group legend={words.title} hint={words.hint}>
      <div className="grid grid-cols-1 items-end gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Select
          label={listWords.batch}
          value={chosen?.id ?? ""}
          onChange={({ target }) => setBatchId(target.value)}
          choices={batches.map(({ id, number, count, madeAt }) => ({
            value: id,
            label: listWords.batchName(number, count, day.format(new Date(madeAt))),
          }))}
        />
        <Select
          label={words.format}
          value={format}
          onChange={({ target }) => setFormat(target.value)}
          choices={formats}
        />
        <Button busy={isBusy} onClick={() => chosen && void print(chosen)} className="min-h-12">
          <Printer aria-hidden strokeWidth={1.75} className="size-5" />
          {words.print}
        </Button>
      </div>
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {isBusy && `${words.busy}…`}
      </p>
      <Alert text={problem} />
    </Group>
  );
}
