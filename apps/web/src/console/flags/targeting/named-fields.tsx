import { useFormContext } from "react-hook-form";
import { Folded } from "../../controls/folded.tsx";
import { countedIds } from "../counted.ts";
import { PersonSearch } from "../person-search.tsx";
import type { TargetingForm } from "./form.ts";
import { idsIn, withId } from "./id-list.ts";
import { IdListField } from "./id-list-field.tsx";
import { TenantPicker } from "./tenant-picker.tsx";
import { words } from "./words.ts";

/** Who is named: always in, or never in. */
export function NamedFields({ which }: { which: "allowed" | "denied" }) {
  const { watch, setValue, formState } = useFormContext<TargetingForm>();
  const lists: Record<string, string> = watch(which);
  const ids = Object.fromEntries(Object.entries(lists).map(([unit, text]) => [unit, idsIn(text)]));
  const add = (id: string) => setValue(`${which}.users`, withId(lists.users ?? "", id, true), { shouldDirty: true });

  return (
    <Folded
      title={words[which]}
      aside={countedIds(ids) || words.nobody}
      hasError={formState.errors[which] !== undefined}
    >
      <p className="text-sm text-ink-soft">{words[`${which}Hint`]}</p>
      <div className="grid grid-cols-1 gap-1">
        <PersonSearch label={words.addPerson} onPick={({ id }) => add(id)} />
        <IdListField name={`${which}.users`} label={words.users} />
      </div>
      <IdListField name={`${which}.resources`} label={words.resources} />
      <IdListField name={`${which}.devices`} label={words.devices} />
      {which === "denied" && <TenantPicker name="denied.tenants" legend={words.tenants} />}
    </Folded>
  );
}
