import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Download } from "lucide-react";
import { useState } from "react";
import { failureWords } from "../common/failure-words.ts";
import { saveFile } from "../common/save-file.ts";
import { Section } from "../common/section.tsx";
import { Alert } from "../sign-in/alert.tsx";
import { dataWords as words } from "./words.ts";

export function ExportMe() {
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const take = async () => {
    setBusy(true);
    const data = await utils.account.export.fetch(undefined, { staleTime: 0 }).catch((error) => {
      setProblem(failureWords(error));
      return null;
    });
    setBusy(false);
    if (!data) return;
    setProblem(null);
    const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
    saveFile(words.file(data.madeAt.slice(0, 10)), file);
  };

  return (
    <Section title={words.title}>
      <p className="mb-4 text-sm text-ink-soft">{words.about}</p>
      <Alert text={problem} />
      <Button busy={isBusy} onClick={() => void take()}>
        <Download aria-hidden strokeWidth={1.75} className="size-5" />
        {words.export}
      </Button>
    </Section>
  );
}
