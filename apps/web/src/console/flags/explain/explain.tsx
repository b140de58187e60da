import { useSearchParams } from "react-router";
import { EmptyNote } from "../../../common/empty-note.tsx";
import { Folded } from "../../controls/folded.tsx";
import { useFlagOfPage } from "../flag-page.tsx";
import { PersonSearch } from "../person-search.tsx";
import { Explanation } from "./explanation.tsx";
import { subjectForm, subjectIn, subjectSearch } from "./subject.ts";
import { SubjectFields } from "./subject-fields.tsx";
import { words } from "./words.ts";

/** Why somebody has the feature or not. For whom stands in the address, so that an answer can be sent to a colleague. */
export function Explain() {
  const { key } = useFlagOfPage().setting;
  const [search, setSearch] = useSearchParams();
  const form = subjectForm(search);
  const subject = subjectIn(form);
  const show = (next: Parameters<typeof subjectSearch>[0]) =>
    setSearch(subjectSearch(next), { preventScrollReset: true, replace: true });

  return (
    <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="grid grid-cols-1 gap-4">
        <PersonSearch
          label={words.search}
          hint={words.searchHint}
          onPick={({ id, name, tenantId }) => show({ tenant: tenantId, user: id, name })}
        />
        <Folded title={words.byIds} aside={words.byIdsAside}>
          <SubjectFields key={search.toString()} form={form} onShow={show} />
        </Folded>
      </div>
      {subject ? (
        <Explanation flagKey={key} subject={subject} name={search.get("name")} />
      ) : (
        <EmptyNote title={words.none}>
          <p className="text-ink-soft">{words.noneText}</p>
        </EmptyNote>
      )}
    </div>
  );
}
