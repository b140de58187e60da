import { type FlagOverview, overrideName } from "@tessera/contracts/flags";
import { Note } from "../controls/note.tsx";
import { ApprovalNote } from "./approval-note.tsx";
import { words } from "./words.ts";

/** What somebody has to know before they touch a flag: who else decides, what cannot be read, what waits for a second person. */
export function FlagNotes({ flag }: { flag: FlagOverview }) {
  const { setting, override, approval, nonsense } = flag;
  return (
    <>
      {override !== null && (
        <Note>
          <p>{words.override(overrideName(setting.key), override)}</p>
        </Note>
      )}
      {nonsense !== null && (
        <Note>
          <p>{words.nonsense(nonsense)}</p>
        </Note>
      )}
      {approval && <ApprovalNote approval={approval} />}
    </>
  );
}
