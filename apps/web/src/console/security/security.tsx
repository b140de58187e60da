import { type AlertSeverity, alertSeverities } from "@tessera/contracts";
import { useState } from "react";
import { Page } from "../../app/page.tsx";
import { usePerson } from "../../app/person.ts";
import { Select } from "../controls/select.tsx";
import { AlertPiece } from "./alert-piece.tsx";
import { BlockedList } from "./blocked-list.tsx";
import { severityWords, words } from "./words.ts";

/** What looks as if somebody meant harm, and what was done about it. */
export function Security() {
  const { role } = usePerson();
  const [everywhere, setEverywhere] = useState(false);
  const [open, setOpen] = useState(true);
  const [severity, setSeverity] = useState<AlertSeverity | "">("");

  return (
    <Page title={words.title}>
      <div className="mb-5 grid grid-cols-1 gap-3 sm:flex sm:flex-wrap">
        {role === "operator" && (
          <Select
            label={words.whose}
            value={String(everywhere)}
            onChange={({ target }) => setEverywhere(target.value === "true")}
            choices={[
              { value: "false", label: words.ours },
              { value: "true", label: words.everybody },
            ]}
          />
        )}
        <Select
          label={words.which}
          value={String(open)}
          onChange={({ target }) => setOpen(target.value === "true")}
          choices={[
            { value: "true", label: words.open },
            { value: "false", label: words.settled },
          ]}
        />
        <Select
          label={words.severity}
          value={severity}
          onChange={({ target }) => setSeverity(target.value as AlertSeverity | "")}
          choices={[
            { value: "", label: words.anySeverity },
            ...alertSeverities.map((value) => ({ value, label: severityWords[value] })),
          ]}
        />
      </div>
      <ul className="mb-10 grid grid-cols-1 gap-4">
        <AlertPiece
          key={`${everywhere} ${open} ${severity}`}
          wanted={{ everywhere, open, ...(severity && { severity }) }}
        />
      </ul>
      {role !== "staff" && <BlockedList everywhere={everywhere} />}
    </Page>
  );
}
