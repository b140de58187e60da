import type { FlagSetting } from "@tessera/contracts/flags";
import { Button } from "@tessera/ui";
import { Note } from "../../controls/note.tsx";
import { diffLines } from "../history/diff.ts";
import { DiffTable } from "../history/diff-table.tsx";
import { useTenantNames } from "../use-tenant-names.ts";
import { columnsOf, formOf, settingsIn } from "./form.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

const columns = (setting: FlagSetting) => columnsOf(settingsIn(formOf(setting), setting));

/** Somebody was faster: what they changed, and how to go on with both. */
export function MovedOn({ draft: { base, lookAgain }, now }: { draft: Draft; now: FlagSetting }) {
  return (
    <Note tone="wait" isWide>
      <div role="alert" className="grid gap-1">
        <p className="font-semibold">{words.movedOn}</p>
        <p>{words.movedOnSays}</p>
      </div>
      <DiffTable caption={words.movedOnSays} lines={diffLines(columns(base), columns(now), useTenantNames())} />
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onClick={() => lookAgain(true)}>
          {words.keepMine}
        </Button>
        <Button onClick={() => lookAgain(false)}>{words.takeTheirs}</Button>
      </div>
    </Note>
  );
}
